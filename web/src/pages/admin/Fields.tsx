import { Badge, Button, Code, Group, SegmentedControl, Select, Text } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { IconPlus } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Entity, Field, Flags } from "@/api/types";
import { inWords } from "@/i18n";
import { findEntity, mayManage, useEntities, useMe } from "@/lib/entities";
import { number } from "@/lib/format";
import { NewField } from "./fields/NewField";
import { AdminPage } from "./parts/AdminPage";
import { type Column, Rows } from "./parts/Rows";
import { one, useUrl } from "./parts/useUrl";

export default function Fields() {
  const { t } = useTranslation("admin");
  const may = mayManage(useMe(), "fields", "manage");
  const entities = useEntities();
  const [search, setSearch] = useUrl();
  const [adding, setAdding] = useState(false);
  const entity = findEntity(entities, one(search.entity)) ?? entities[0];
  const custom = one(search.show) === "custom";
  if (!entity) return null;
  const fields = entity.fields.filter((f) => !custom || f.flags.custom);
  return (
    <AdminPage
      title={t("card.fields.name")}
      tab={t("card.fields.name")}
      about={t("field.about")}
      actions={
        may && (
          <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setAdding(true)}>
            {t("field.add")}
          </Button>
        )
      }
    >
      <Group gap="sm">
        <EntityPick entities={entities} value={entity} onChange={(name) => setSearch({ entity: name })} />
        <SegmentedControl
          size="sm"
          aria-label={t("field.show")}
          value={custom ? "custom" : "all"}
          onChange={(value) => setSearch({ show: value === "custom" ? "custom" : undefined })}
          data={[
            { value: "all", label: t("field.all") },
            { value: "custom", label: t("field.customOnly") },
          ]}
        />
      </Group>
      <Text size="sm" c="dimmed" role="status">
        {t("count.fields", { count: fields.length })}
      </Text>
      <FieldTable key={entity.name} entity={entity} fields={fields} />
      <NewField entity={entity} opened={adding} onClose={() => setAdding(false)} />
    </AdminPage>
  );
}

interface PickProps {
  entities: Entity[];
  value: Entity;
  onChange: (name: string) => void;
}

function EntityPick({ entities, value, onChange }: PickProps) {
  const { t } = useTranslation("admin");
  const phone = useMediaQuery("(max-width: 48em)");
  const data = entities.map((e) => ({ value: e.name, label: inWords(e.label_plural) }));
  if (phone)
    return (
      <Select
        aria-label={t("field.entity")}
        allowDeselect={false}
        data={data}
        value={value.name}
        onChange={(name) => name && onChange(name)}
      />
    );
  return (
    <SegmentedControl
      size="sm"
      aria-label={t("field.entity")}
      data={data}
      value={value.name}
      onChange={onChange}
    />
  );
}

const FLAGS = [
  "required",
  "unique",
  "personal",
  "special",
  "trade",
  "searchable",
  "read_only",
] as const satisfies (keyof Flags)[];

function FieldTable({ entity, fields }: { entity: Entity; fields: Field[] }) {
  const { t } = useTranslation("admin");
  const columns: Column<Field>[] = [
    {
      key: "label",
      label: t("field.label"),
      sort: (f) => inWords(f.label),
      cell: (f) => (
        <Group gap={8}>
          <span>{inWords(f.label)}</span>
          {f.flags.custom && (
            <Badge size="sm" variant="light" tt="none">
              {t("field.custom")}
            </Badge>
          )}
        </Group>
      ),
    },
    {
      key: "name",
      label: t("field.name"),
      sort: (f) => f.name,
      cell: (f) => <Code style={{ overflowWrap: "break-word" }}>{f.name}</Code>,
    },
    {
      key: "kind",
      label: t("field.kind"),
      sort: (f) => t(`admin:kind.${f.kind}`),
      cell: (f) => <Kind field={f} />,
    },
    {
      key: "flags",
      label: t("field.flags"),
      cell: (f) =>
        FLAGS.filter((flag) => f.flags[flag])
          .map((flag) => t(`admin:flag.${flag}`))
          .join(", "),
    },
  ];
  return <Rows label={inWords(entity.label_plural)} columns={columns} rows={fields} keyOf={(f) => f.name} />;
}

/** The kind with what limits it. */
function Kind({ field }: { field: Field }) {
  const { t } = useTranslation("admin");
  const entities = useEntities();
  const parts = [t(`admin:kind.${field.kind}`)];
  const to = findEntity(entities, field.entity ?? "");
  if (to) parts.push(inWords(to.label_plural).toLocaleLowerCase());
  if (field.kind === "integer" && (field.min !== undefined || field.max !== undefined))
    parts.push(t("field.between", { min: bound(field.min), max: bound(field.max) }));
  else if (field.max) parts.push(t("field.upTo", { count: field.max, number: number(field.max) }));
  const choices = (field.choices ?? []).map((c) => inWords(c.label)).join(", ");
  return (
    <>
      {parts.join(", ")}
      {choices && (
        <Text size="xs" c="dimmed">
          {choices}
        </Text>
      )}
    </>
  );
}

const bound = (value: number | undefined) => (value === undefined ? "…" : number(value));
