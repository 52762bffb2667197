"""Lists of parties that do not exist, in the shapes in which the agencies publish theirs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

__all__ = [
    "ADVANCED",
    "CFR",
    "CSL_HEAD",
    "csl_csv",
    "csl_lines",
    "csl_record",
    "ofac_set",
    "written",
]

SOURCE = "Entity List (EL) - Bureau of Industry and Security"

_HEAD = (
    "_id,source,entity_number,type,programs,name,title,addresses,federal_register_notice,start_date,end_date,"
    "standard_order,license_requirement,license_policy,call_sign,vessel_type,gross_tonnage,gross_registered_tonnage,"
    "vessel_flag,vessel_owner,remarks,source_list_url,alt_names,citizenships,dates_of_birth,nationalities,"
    "places_of_birth,source_information_url,ids"
)
CSL_HEAD = tuple(_HEAD.split(","))


def written(folder: Path, name: str, text: str | bytes) -> Path:
    """A file with a text."""
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def csl_record(name: str, **more: Any) -> dict[str, Any]:
    """A record of the Consolidated Screening List; of the Entity List where nothing else is said."""
    record: dict[str, Any] = {
        "source": SOURCE,
        "entity_number": None,
        "type": None,
        "programs": [],
        "name": name,
        "alt_names": [],
        "addresses": [{"address": None, "city": "Hefei", "state": None, "postal_code": None, "country": "CN"}],
        "federal_register_notice": "99 FR 12345",
        "license_requirement": "For all items subject to the EAR. (See §§ 734.9(e)(2) and 744.11 of the EAR)4",
        "license_policy": "Presumption of denial.",
        "source_list_url": "https://example.invalid",
    }
    return {**record, **more}


def csl_lines(*records: dict[str, Any]) -> str:
    """Records as JSON lines."""
    return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)


def csl_csv(*rows: dict[str, str]) -> str:
    """Records as the official CSV."""
    lines = [",".join(CSL_HEAD)]
    for row in rows:
        lines.append(",".join('"' + row.get(column, "").replace('"', '""') + '"' for column in CSL_HEAD))
    return "\n".join(lines) + "\n"


def ofac_set(folder: Path, program: str = "EXAMPLE1") -> list[Path]:
    """An old OFAC set of four files about two parties."""
    null = "-0- "
    rest = ",".join([null] * 7)
    names = (
        f'99001,"EXAMPLE LANTERN COMPUTE CO., LTD.",{null},"{program}] [EXAMPLE2",{rest},'
        '"Unified Social Credit Code (USCC) 91000000EXAMPLE001 (China); '
        "a.k.a. 'ELC'; Linked To: EXAMPLE HOLDING.\"\r\n"
        f'99002,"DOE, Jan",individual,"{program}",{rest},"DOB 01 Jan 1970; Passport X1234567 (Nowhere)"\r\n\x1a'
    )
    return [
        written(folder, "one.csv", names),
        written(folder, "two.csv", f'99001,1,"1 Example Road","Hefei 230000","China",{null}\r\n\x1a'),
        written(folder, "three.csv", f'99001,1,"fka","EXAMPLE CANDLE COMPUTE",{null}\r\n\x1a'),
        written(folder, "four.csv", '99002,"; nationality Nowhere."\r\n\x1a'),
    ]


CFR = """<?xml version="1.0"?>
<DIV9 N="Supplement No. 4 to Part 744" TYPE="APPENDIX"><HEAD>Supplement No. 4 to Part 744</HEAD>
<AMDDATE>July 9, 2031</AMDDATE>
<TABLE><THEAD><TR><TH>Country</TH><TH>Entity</TH><TH>License requirement</TH><TH>License review policy</TH>
<TH>Federal Register citation</TH></TR></THEAD>
<TBODY>
<TR><TD>CHINA, PEOPLE'S REPUBLIC OF</TD>
<TD>Example Lantern Compute Co., Ltd., a.k.a., the following two aliases:<br/>
—Lizi Dengta; <I>and</I><br/>—ELC Compute Inc.<br/>1 Example Road, Hefei, China; <I>and</I>
2 Example Road, Wuhan, China.</TD>
<TD>For all items subject to the EAR. (See §§ 734.9(e)(3) and 744.11 of the EAR)5</TD><TD>Presumption of denial.</TD>
<TD>99 FR 12345, 1/2/30. 99 FR 23456, 3/4/31.</TD></TR>
<TR><TD/><TD>Example Paper Boats Ltd., 7 Harbor Street, Hong Kong.</TD><TD>For all items subject to the EAR.</TD>
<TD>Case by case.</TD><TD>99 FR 12345, 1/2/30.</TD></TR>
<TR><TD>ATLANTIS</TD><TD>Example Sunken Works, 1 Deep Lane.</TD><TD>All items subject to the EAR</TD><TD>Denial</TD>
<TD>99 FR 1, 1/2/30</TD></TR>
</TBODY></TABLE></DIV9>
"""

ADVANCED = """<?xml version="1.0" encoding="utf-8"?>
<Sanctions xmlns="http://example.invalid/advanced">
<DateOfIssue CalendarTypeID="1"><Year>2031</Year><Month>7</Month><Day>9</Day></DateOfIssue>
<ReferenceValueSets>
<AliasTypeValues><AliasType ID="1400">A.K.A.</AliasType><AliasType ID="1401">F.K.A.</AliasType>
<AliasType ID="1403">Name</AliasType></AliasTypeValues>
<PartySubTypeValues><PartySubType ID="3" PartyTypeID="2">Entity</PartySubType></PartySubTypeValues>
<ListValues><List ID="1550">SDN List</List>
<List ID="91">Non-SDN Menu-Based Sanctions List</List></ListValues>
<CountryValues><Country ID="11" ISO2="CN">China</Country></CountryValues>
<LocPartTypeValues><LocPartType ID="1451">ADDRESS1</LocPartType>
<LocPartType ID="1454">CITY</LocPartType></LocPartTypeValues>
<IDRegDocTypeValues><IDRegDocType ID="7">Unified Social Credit Code (USCC)</IDRegDocType></IDRegDocTypeValues>
<RelationTypeValues><RelationType ID="15003">Owned or Controlled By</RelationType></RelationTypeValues>
</ReferenceValueSets>
<Locations><Location ID="500"><LocationCountry CountryID="11"/>
<LocationPart LocPartTypeID="1451"><LocationPartValue><Value>1 Example Road</Value></LocationPartValue></LocationPart>
<LocationPart LocPartTypeID="1454"><LocationPartValue><Value>Hefei</Value></LocationPartValue></LocationPart>
</Location></Locations>
<IDRegDocuments><IDRegDocument ID="9" IDRegDocTypeID="7" IdentityID="70"><IDRegistrationNo>91EXAMPLE0</IDRegistrationNo>
</IDRegDocument></IDRegDocuments>
<DistinctParties>
<DistinctParty FixedRef="99001"><Profile ID="99001" PartySubTypeID="3"><Identity ID="70">
<Alias AliasTypeID="1400" LowQuality="false" Primary="false"><DocumentedName><DocumentedNamePart>
<NamePartValue ScriptID="215">LIZI DENGTA</NamePartValue></DocumentedNamePart></DocumentedName></Alias>
<Alias AliasTypeID="1400" LowQuality="true" Primary="false"><DocumentedName><DocumentedNamePart>
<NamePartValue ScriptID="215">ELC</NamePartValue></DocumentedNamePart></DocumentedName></Alias>
<Alias AliasTypeID="1401" LowQuality="false" Primary="false"><DocumentedName><DocumentedNamePart>
<NamePartValue ScriptID="215">CANDLE COMPUTE</NamePartValue></DocumentedNamePart></DocumentedName></Alias>
<Alias AliasTypeID="1403" LowQuality="false" Primary="true">
<DocumentedName><DocumentedNamePart>
<NamePartValue ScriptID="215">EXAMPLE LANTERN</NamePartValue></DocumentedNamePart>
<DocumentedNamePart><NamePartValue ScriptID="215">COMPUTE</NamePartValue></DocumentedNamePart></DocumentedName>
<DocumentedName><DocumentedNamePart>
<NamePartValue ScriptID="220">栗子灯塔计算有限公司</NamePartValue></DocumentedNamePart>
</DocumentedName></Alias></Identity>
<Feature ID="1"><FeatureVersion ID="1"><VersionLocation LocationID="500"/></FeatureVersion></Feature>
</Profile></DistinctParty>
<DistinctParty FixedRef="99003"><Profile ID="99003" PartySubTypeID="3"><Identity ID="71">
<Alias AliasTypeID="1403" Primary="true"><DocumentedName><DocumentedNamePart>
<NamePartValue>EXAMPLE HOLDING</NamePartValue></DocumentedNamePart></DocumentedName></Alias>
</Identity></Profile></DistinctParty>
</DistinctParties>
<ProfileRelationships><ProfileRelationship ID="1" From-ProfileID="99001" To-ProfileID="99003" RelationTypeID="15003"/>
</ProfileRelationships>
<SanctionsEntries>
<SanctionsEntry ID="1" ProfileID="99001" ListID="1550"><EntryEvent>
<Date><Year>2030</Year><Month>5</Month><Day>4</Day></Date>
</EntryEvent><SanctionsMeasure><Comment>EXAMPLE1</Comment></SanctionsMeasure></SanctionsEntry>
<SanctionsEntry ID="2" ProfileID="99003" ListID="91"><EntryEvent>
<Date><Year>2030</Year><Month>5</Month><Day>4</Day></Date>
</EntryEvent></SanctionsEntry>
<SanctionsEntry ID="3" ProfileID="4" ListID="91"/>
</SanctionsEntries></Sanctions>
"""
