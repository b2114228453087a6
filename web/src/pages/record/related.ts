// Which records refer to this one, or to what it refers to itself.
import { reaches, useMe } from "@/lib/entities";
import { useHere } from "./here";

export interface Section {
  key: string;
  entity: string;
  /** The field that refers. */
  by: string;
  /** The record referred to. */
  id: string;
  columns: string[];
  /** Leaves out the record itself. */
  except?: string;
}

const DEAL_COLUMNS = ["stage", "value", "expected_close"];

export function useSections(): Section[] {
  const { entity, record } = useHere();
  const me = useMe();
  const { id } = record;
  const company = record.fields.company;
  const person = record.fields.person;
  const all: Record<string, Section[]> = {
    company: [
      { key: "people", entity: "person", by: "company", id, columns: ["job_title", "email", "phone"] },
      { key: "deals", entity: "deal", by: "company", id, columns: DEAL_COLUMNS },
      { key: "children", entity: "company", by: "parent_company", id, columns: ["nip", "city"] },
    ],
    person: [{ key: "deals", entity: "deal", by: "person", id, columns: DEAL_COLUMNS }],
    deal: [
      ...(typeof company === "string"
        ? [
            {
              key: "ofCompany",
              entity: "deal",
              by: "company",
              id: company,
              columns: DEAL_COLUMNS,
              except: id,
            },
          ]
        : []),
      ...(typeof person === "string"
        ? [{ key: "ofPerson", entity: "deal", by: "person", id: person, columns: DEAL_COLUMNS, except: id }]
        : []),
    ],
  };
  return (all[entity.name] ?? []).filter((section) => reaches(me, "read", section.entity));
}
