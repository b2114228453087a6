import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Level, RoleInput } from "@/api/types";
import { inWords } from "@/i18n";
import { useEntity } from "@/lib/entities";
import { Pick } from "../parts/Matrix";
import { LEVELS } from "../parts/rights";
import { setField } from "./edit";
import classes from "./FieldLevels.module.css";
import type { EditorProps } from "./RightsEditor";

/** Levels of single fields, which beat those of their kind. Made only once opened: there are hundreds. */
export function FieldLevels({
  entity: name,
  old,
  role,
  readOnly,
  onChange,
}: EditorProps & { entity: string }) {
  const { t } = useTranslation("admin");
  const entity = useEntity(name);
  const [open, setOpen] = useState(false);
  const exceptions = Object.keys(role.entities?.[name]?.fields ?? {}).length;
  const levelOf = (from: RoleInput, field: string) => from.entities?.[name]?.fields?.[field] ?? "";
  const options = [
    { value: "", label: t("admin:level.as-kind") },
    ...LEVELS.map((level) => ({ value: level as string, label: t(`admin:level.${level}`) })),
  ];
  return (
    <details className={classes.details} onToggle={(e) => setOpen(e.currentTarget.open)}>
      <summary>{t("role.exceptions", { entity: inWords(entity.label_plural), count: exceptions })}</summary>
      {open && (
        <ul className={classes.fields}>
          {entity.fields.map((field) => (
            <li key={field.name}>
              <span>
                {inWords(field.label)}
                <span className={classes.kind}>
                  {field.flags.trade && ` · ${t("flag.trade")}`}
                  {field.flags.special && ` · ${t("flag.special")}`}
                </span>
              </span>
              <Pick
                label={`${inWords(entity.label_plural)}: ${inWords(field.label)}`}
                value={levelOf(role, field.name)}
                none=""
                options={options}
                disabled={readOnly}
                changed={levelOf(role, field.name) !== levelOf(old, field.name)}
                onChange={(value) =>
                  onChange(setField(role, name, field.name, (value || null) as Level | null))
                }
              />
            </li>
          ))}
        </ul>
      )}
    </details>
  );
}
