// Partner organisations: with whom records can be shared, and until when.
import { Anchor, Button, Text, TextInput } from "@mantine/core";
import { IconPlus, IconSearch } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { partnersQuery } from "@/api/queries";
import type { Partner } from "@/api/types";
import { mayManage, useMe } from "@/lib/entities";
import { compare } from "@/lib/format";
import { partnerPath } from "@/lib/paths";
import { plain } from "@/ui/PaletteMatch";
import { Empty, NoAccess, Ready } from "@/ui/States";
import classes from "./Admin.module.css";
import { NewPartner } from "./partners/NewPartner";
import { PartnerState } from "./partners/PartnerState";
import { AdminPage } from "./parts/AdminPage";
import { type Column, Rows } from "./parts/Rows";
import { ToDisclosures } from "./parts/ToDisclosures";
import { useWords } from "./parts/useUrl";

export default function Partners() {
  const { t } = useTranslation("partners");
  const me = useMe();
  const [adding, setAdding] = useState(false);
  const may = mayManage(me, "users") || mayManage(me, "ledger");
  const partners = useQuery({ ...partnersQuery, enabled: may });
  return (
    <AdminPage
      title={t("title")}
      tab={t("title")}
      about={t("about")}
      actions={
        <>
          <ToDisclosures />
          {mayManage(me, "users", "manage") && (
            <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setAdding(true)}>
              {t("add")}
            </Button>
          )}
        </>
      }
    >
      {may ? (
        <Ready query={partners}>{(all) => <Table partners={all} />}</Ready>
      ) : (
        <NoAccess missing={{ action: "read", what: t("title") }} />
      )}
      <NewPartner opened={adding} onClose={() => setAdding(false)} />
    </AdminPage>
  );
}

function useColumns(): Column<Partner>[] {
  const { t } = useTranslation("partners");
  return [
    {
      key: "name",
      label: t("name"),
      sort: (partner) => partner.name,
      cell: (partner) => (
        <Anchor component={Link} to={partnerPath(partner.id)} size="sm" fw={500}>
          {partner.name}
        </Anchor>
      ),
    },
    {
      key: "contact",
      label: t("contact"),
      cell: ({ contact }) => [contact?.name, contact?.email].filter(Boolean).join(", ") || "–",
    },
    {
      key: "state",
      label: t("state"),
      sort: (partner) => (partner.agreed ? (partner.agreed_until ?? "9") : ""),
      cell: (partner) => <PartnerState partner={partner} />,
    },
  ];
}

function Table({ partners }: { partners: Partner[] }) {
  const { t } = useTranslation("partners");
  const columns = useColumns();
  const [words, setWords] = useWords();
  const needle = plain(words.trim());
  const found = partners
    .filter(({ name }) => plain(name).includes(needle))
    .sort((a, b) => compare(a.name, b.name));
  if (partners.length === 0) return <Empty title={t("none")}>{t("noneText")}</Empty>;
  return (
    <>
      <search className={classes.filters}>
        <TextInput
          aria-label={t("search")}
          placeholder={t("search")}
          leftSection={<IconSearch size={16} aria-hidden />}
          value={words}
          onChange={(e) => setWords(e.currentTarget.value)}
        />
      </search>
      <Text size="sm" c="dimmed" role="status">
        {t("count", { count: found.length })}
      </Text>
      {found.length > 0 && (
        <Rows label={t("title")} columns={columns} rows={found} keyOf={(partner) => partner.id} />
      )}
    </>
  );
}
