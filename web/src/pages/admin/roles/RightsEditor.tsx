import { Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Action, Level, RoleInput, Scope, Thing, Verb } from "@/api/types";
import { inWords } from "@/i18n";
import { useEntities } from "@/lib/entities";
import { Matrix, Pick, Tick } from "../parts/Matrix";
import { Panel } from "../parts/Panel";
import { ACTIONS, LEVELS, SCOPES, THINGS, VERBS } from "../parts/rights";
import { setDenial, setLevel, setScope, setThing } from "./edit";
import { FieldLevels } from "./FieldLevels";

export interface EditorProps {
  /** The role as it is at the server. */
  old: RoleInput;
  /** The role as it is to be. */
  role: RoleInput;
  readOnly: boolean;
  onChange: (role: RoleInput) => void;
}

export function RightsEditor(props: EditorProps) {
  return (
    <>
      <Scopes {...props} />
      <Levels {...props} />
      <Denials {...props} />
      <Things {...props} />
    </>
  );
}

export function useRows(): { key: string; label: string }[] {
  return useEntities().map((e) => ({ key: e.name, label: inWords(e.label_plural) }));
}

function useActions(): { key: string; label: string }[] {
  const { t } = useTranslation("admin");
  return ACTIONS.map((action) => ({ key: action, label: t(`admin:action.${action}`) }));
}

function Scopes({ old, role, readOnly, onChange }: EditorProps) {
  const { t } = useTranslation("admin");
  const rows = useRows();
  const columns = useActions();
  const options = SCOPES.map((scope) => ({ value: scope, label: t(`admin:scopeShort.${scope}`) }));
  const scopeOf = (from: RoleInput, entity: string, action: string) =>
    from.entities?.[entity]?.scopes?.[action as Action] ?? "none";
  return (
    <Panel title={t("role.scopes")} about={t("role.scopesAbout")}>
      <Matrix
        label={t("role.scopes")}
        rows={rows}
        columns={columns}
        cell={(row, column) => (
          <Pick
            label={`${row.label}: ${column.label}`}
            value={scopeOf(role, row.key, column.key)}
            none="none"
            options={options}
            disabled={readOnly}
            changed={scopeOf(role, row.key, column.key) !== scopeOf(old, row.key, column.key)}
            onChange={(value) => onChange(setScope(role, row.key, column.key as Action, value as Scope))}
          />
        )}
      />
    </Panel>
  );
}

const PARTS = ["level", "trade", "special"] as const;
type Part = (typeof PARTS)[number];

function Levels(props: EditorProps) {
  const { old, role, readOnly, onChange } = props;
  const { t } = useTranslation("admin");
  const rows = useRows();
  const columns = PARTS.map((part) => ({ key: part, label: t(`admin:part.${part}`) }));
  const levels = LEVELS.map((level) => ({ value: level as string, label: t(`admin:level.${level}`) }));
  const options = (part: Part) =>
    part === "level" ? levels : [{ value: "", label: t(`admin:level.as-${part}`) }, ...levels];
  const given = (from: RoleInput, entity: string, part: Part) =>
    from.entities?.[entity]?.[part] ?? (part === "level" ? "hidden" : "");
  return (
    <Panel title={t("role.levels")} about={t("role.levelsAbout")}>
      <Matrix
        label={t("role.levels")}
        rows={rows}
        columns={columns}
        cell={(row, { key, label }) => (
          <Pick
            label={`${row.label}: ${label}`}
            value={given(role, row.key, key as Part)}
            none={key === "level" ? "hidden" : ""}
            options={options(key as Part)}
            disabled={readOnly}
            changed={given(role, row.key, key as Part) !== given(old, row.key, key as Part)}
            onChange={(value) =>
              onChange(setLevel(role, row.key, key as Part, value ? (value as Level) : null))
            }
          />
        )}
      />
      <Text size="sm" c="dimmed">
        {t("role.exceptionsAbout")}
      </Text>
      {rows.map((row) => (
        <FieldLevels key={row.key} entity={row.key} {...props} />
      ))}
    </Panel>
  );
}

function Denials({ old, role, readOnly, onChange }: EditorProps) {
  const { t } = useTranslation("admin");
  const rows = useRows();
  const columns = useActions();
  const denied = (from: RoleInput, entity: string, action: string) =>
    from.denials?.[entity]?.includes(action as Action) ?? false;
  return (
    <Panel title={t("role.denials")} about={t("role.denialsAbout")}>
      <Matrix
        label={t("role.denials")}
        rows={rows}
        columns={columns}
        cell={(row, column) => (
          <Tick
            label={t("role.deny", { what: `${row.label}: ${column.label}` })}
            checked={denied(role, row.key, column.key)}
            disabled={readOnly}
            changed={denied(role, row.key, column.key) !== denied(old, row.key, column.key)}
            onChange={(on) => onChange(setDenial(role, row.key, column.key as Action, on))}
          />
        )}
      />
    </Panel>
  );
}

function Things({ old, role, readOnly, onChange }: EditorProps) {
  const { t } = useTranslation("admin");
  const rows = THINGS.map((thing) => ({ key: thing, label: t(`admin:thing.${thing}`) }));
  const options = VERBS.map((verb) => ({ value: verb, label: t(`admin:verb.${verb}`) }));
  const verbOf = (from: RoleInput, thing: string) => from.things?.[thing as Thing] ?? "none";
  return (
    <Panel title={t("role.things")} about={t("role.thingsAbout")}>
      <Matrix
        label={t("role.things")}
        rows={rows}
        columns={[{ key: "verb", label: t("role.right") }]}
        cell={(row) => (
          <Pick
            label={row.label}
            value={verbOf(role, row.key)}
            none="none"
            options={options}
            disabled={readOnly}
            changed={verbOf(role, row.key) !== verbOf(old, row.key)}
            onChange={(value) => onChange(setThing(role, row.key as Thing, value as "none" | Verb))}
          />
        )}
      />
    </Panel>
  );
}
