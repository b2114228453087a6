// What was disclosed to partners in some time: to look at, to print, and to take out as a table.
import { Alert, Anchor, Button, Group, Select, Stack, Text } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { type Query, search as searchOf } from "@/api/client";
import { partnersQuery } from "@/api/queries";
import { mayManage, useMe } from "@/lib/entities";
import { compare, dateTime, day } from "@/lib/format";
import { DisclosureList } from "@/pages/disclosures/DisclosureList";
import classes from "@/pages/disclosures/Disclosures.module.css";
import { disclosuresQuery } from "@/pages/disclosures/queries";
import { More } from "@/pages/record/tabs/More";
import DateField from "@/ui/DateField";
import { Page } from "@/ui/Page";
import { Empty, NoAccess, Ready } from "@/ui/States";
import { begins } from "./ledger/filters";
import { Trail } from "./parts/AdminPage";
import { TakeOut } from "./parts/TakeOut";
import { one, useUrl } from "./parts/useUrl";

interface Filters {
  partner: string;
  from: string;
  to: string;
  record: string;
  subject: string;
}

export const queryOf = ({ partner, from, to, record, subject }: Filters): Query => ({
  partner: partner || undefined,
  record: record || undefined,
  subject: subject || undefined,
  from: begins(from),
  to: begins(to, 1),
});

export default function Disclosures() {
  const { t } = useTranslation("disclosures");
  const me = useMe();
  const [url, setUrl] = useUrl();
  const filters: Filters = {
    partner: one(url.partner),
    from: one(url.from),
    to: one(url.to),
    record: one(url.record),
    subject: one(url.subject),
  };
  const may = mayManage(me, "ledger");
  const lead = (
    <div className={classes.tools}>
      <Trail
        steps={[
          { to: "/ledger", label: t("ledger:title") },
          { to: "/admin/partners", label: t("partners:title") },
        ]}
      />
      <Text size="sm" c="dimmed" maw={720}>
        {t("lead")}
      </Text>
    </div>
  );
  return (
    <Page title={t("title")} tab={t("title")} lead={lead} actions={may && <Tools filters={filters} />}>
      {may ? (
        <Stack>
          <Fields value={filters} onChange={setUrl} />
          <Found filters={filters} />
        </Stack>
      ) : (
        <NoAccess missing={{ action: "read", what: t("title") }} />
      )}
    </Page>
  );
}

/** Pages that are read for one printed page; more is said to be missing. */
const PRINTED = 40;

function Tools({ filters }: { filters: Filters }) {
  const asked = queryOf(filters);
  const query = useInfiniteQuery(disclosuresQuery(asked));
  return (
    <TakeOut
      query={query}
      most={PRINTED}
      path={`/disclosures/export${searchOf(asked)}`}
      file="klucznik-disclosures.csv"
      className={classes.tools}
    />
  );
}

interface FieldsProps {
  value: Filters;
  onChange: (change: Partial<Record<keyof Filters, string | undefined>>) => void;
}

function Fields({ value, onChange }: FieldsProps) {
  const { t } = useTranslation("disclosures");
  const { data: partners = [] } = useQuery(partnersQuery);
  const narrowed = value.record ? "ofRecord" : value.subject ? "ofPerson" : null;
  return (
    <>
      <search className={classes.filters}>
        <Select
          label={t("partner")}
          placeholder={t("anyPartner")}
          searchable
          clearable
          data={partners
            .map(({ id, name }) => ({ value: id, label: name }))
            .sort((a, b) => compare(a.label, b.label))}
          value={value.partner || null}
          onChange={(partner) => onChange({ partner: partner ?? undefined })}
        />
        <DateField
          kind="date"
          label={t("from")}
          value={value.from}
          onChange={(from) => onChange({ from: from || undefined })}
        />
        <DateField
          kind="date"
          label={t("to")}
          value={value.to}
          onChange={(to) => onChange({ to: to || undefined })}
        />
      </search>
      {narrowed && (
        <Group gap="sm" className={classes.tools}>
          <Text size="sm">{t(`disclosures:${narrowed}`)}</Text>
          <Button
            variant="subtle"
            size="compact-sm"
            leftSection={<IconX size={14} aria-hidden />}
            onClick={() => onChange({ record: undefined, subject: undefined })}
          >
            {t("ofAll")}
          </Button>
        </Group>
      )}
    </>
  );
}

/** What is asked for, in words: a printed page has no fields. */
function useAsked(filters: Filters): string {
  const { t } = useTranslation("disclosures");
  const { data: partners = [] } = useQuery(partnersQuery);
  const me = useMe();
  const partner = partners.find(({ id }) => id === filters.partner)?.name;
  return [
    me.organisation,
    partner ?? t("anyPartner"),
    filters.record && `${t("ofRecord")} ${filters.record}`,
    filters.subject && `${t("ofPerson")} ${filters.subject}`,
    filters.from && `${t("from")}: ${day(filters.from)}`,
    filters.to && `${t("to")}: ${day(filters.to)}`,
    t("printed", { at: dateTime(new Date()), name: me.user.name }),
  ]
    .filter(Boolean)
    .join(" · ");
}

function Found({ filters }: { filters: Filters }) {
  const { t } = useTranslation("disclosures");
  const query = useInfiniteQuery(disclosuresQuery(queryOf(filters)));
  const asked = useAsked(filters);
  return (
    <Ready query={query} rows={10}>
      {({ pages }) => {
        const items = pages.flatMap((page) => page.items);
        return (
          <div>
            <p className={classes.onPaper}>{asked}</p>
            {query.hasNextPage && (
              <p className={classes.onPaper}>
                <strong>{t("partOnly")}</strong>
              </p>
            )}
            <Text size="sm" c="dimmed" role="status">
              {t("shown", { count: items.length })}{" "}
              {query.hasNextPage && <span className={classes.tools}>{t("thereIsMore")}</span>}
            </Text>
            {items.length === 0 &&
              (query.hasNextPage ? (
                <Empty title={t("noneHere")} />
              ) : (
                <Empty title={t("none")}>{t("noneText")}</Empty>
              ))}
            <DisclosureList items={items} label={t("title")} />
            <div className={classes.tools}>
              <More label={t("older")} query={query} />
            </div>
            <Alert variant="light" color="gray" mt="md" className={classes.tools}>
              {t("proof")}{" "}
              <Anchor
                component={Link}
                to="/ledger"
                search={{ tab: "integrity" } as never}
                inherit
                underline="always"
              >
                {t("verify")}
              </Anchor>
            </Alert>
          </div>
        );
      }}
    </Ready>
  );
}
