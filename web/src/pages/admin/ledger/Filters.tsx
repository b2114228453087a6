import { Button, Collapse, Group, MultiSelect, Select, Switch, TextInput } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { IconFilter, IconX } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { colleaguesQuery } from "@/api/queries";
import { inWords } from "@/i18n";
import { useEntities } from "@/lib/entities";
import { compare } from "@/lib/format";
import DateField from "@/ui/DateField";
import { useActWords } from "@/ui/EventList";
import { ACTS, GROUPS } from "./acts";
import classes from "./Filters.module.css";
import { countOf, hidesPages, type LedgerFilters, OUTCOMES } from "./filters";

interface Props {
  value: LedgerFilters;
  onChange: (change: Partial<LedgerFilters>) => void;
}

export function Filters(props: Props) {
  const { t } = useTranslation("ledger");
  const phone = useMediaQuery("(max-width: 48em)", false, { getInitialValueInEffect: false });
  const [open, setOpen] = useState(false);
  const count = countOf(props.value);
  const clear = () =>
    props.onChange({ act: [], user: "", outcome: "", entity: "", record: "", from: "", to: "" });
  return (
    <>
      {phone && (
        <Button
          variant="default"
          leftSection={<IconFilter size={16} aria-hidden />}
          aria-expanded={open}
          onClick={() => setOpen(!open)}
        >
          {t("filters", { count })}
        </Button>
      )}
      <Collapse expanded={!phone || open}>
        <Fields {...props} />
      </Collapse>
      {/* Beside the fields, so that a phone too shows that something is left out. */}
      <Switch
        label={t("pages.hide")}
        description={props.value.act.length > 0 ? t("pages.chosen") : t("pages.what")}
        disabled={props.value.act.length > 0}
        checked={hidesPages(props.value)}
        onChange={(event) => props.onChange({ pages: event.currentTarget.checked ? "" : "1" })}
      />
      {count > 0 && (
        <Group>
          <Button
            variant="subtle"
            size="compact-sm"
            leftSection={<IconX size={14} aria-hidden />}
            onClick={clear}
          >
            {t("clear")}
          </Button>
        </Group>
      )}
    </>
  );
}

function Fields({ value, onChange }: Props) {
  const { t } = useTranslation("ledger");
  const act = useActWords();
  const entities = useEntities();
  const { data: colleagues = [] } = useQuery(colleaguesQuery);
  return (
    <div className={classes.filters}>
      <MultiSelect
        className={classes.wide}
        label={t("act")}
        placeholder={value.act.length === 0 ? t("anyAct") : undefined}
        searchable
        clearable
        hidePickedOptions
        data={GROUPS.map((group) => ({
          group: t(`ledger:group.${group}`),
          items: ACTS[group].map((code) => ({ value: code as string, label: act(code) })),
        }))}
        value={value.act}
        onChange={(acts) => onChange({ act: acts })}
      />
      <Select
        label={t("user")}
        placeholder={t("anybody")}
        searchable
        clearable
        data={colleagues
          .map((c) => ({ value: c.id, label: c.name }))
          .sort((a, b) => compare(a.label, b.label))}
        value={value.user || null}
        onChange={(user) => onChange({ user: user ?? "" })}
      />
      <Select
        label={t("outcome")}
        placeholder={t("anyOutcome")}
        clearable
        data={OUTCOMES.map((outcome) => ({
          value: outcome as string,
          label: t(`ledger:outcomeOf.${outcome}`),
        }))}
        value={value.outcome || null}
        onChange={(outcome) => onChange({ outcome: outcome ?? "" })}
      />
      <Select
        label={t("entity")}
        placeholder={t("anyEntity")}
        clearable
        data={entities.map((e) => ({ value: e.name, label: inWords(e.label_plural) }))}
        value={value.entity || null}
        onChange={(entity) => onChange({ entity: entity ?? "" })}
      />
      <DateField
        kind="date"
        label={t("from")}
        value={value.from}
        onChange={(day) => onChange({ from: day ?? "" })}
      />
      <DateField
        kind="date"
        label={t("to")}
        value={value.to}
        onChange={(day) => onChange({ to: day ?? "" })}
      />
      <RecordId key={value.record} value={value.record} onChange={(record) => onChange({ record })} />
    </div>
  );
}

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** An id goes into the address once it is whole. */
function RecordId({ value, onChange }: { value: string; onChange: (id: string) => void }) {
  const { t } = useTranslation("ledger");
  const [typed, setTyped] = useState(value);
  const wrong = typed.trim() !== "" && !ID.test(typed.trim());
  const apply = () => {
    const id = typed.trim().toLowerCase();
    if ((id === "" || ID.test(id)) && id !== value) onChange(id);
  };
  return (
    <TextInput
      className={classes.wide}
      label={t("record")}
      placeholder="01a0e73b-71f6-7004-a1ce-5d75b2c528bf"
      spellCheck={false}
      autoComplete="off"
      value={typed}
      error={wrong ? t("recordHelp") : undefined}
      onChange={(e) => setTyped(e.currentTarget.value)}
      onBlur={apply}
      onKeyDown={(e) => e.key === "Enter" && apply()}
    />
  );
}
