import { Badge, Button } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Cover, Id } from "@/api/types";
import { useMe } from "@/lib/entities";
import { dateOf } from "@/lib/format";
import { done } from "@/lib/undo";
import { Panel } from "@/pages/admin/parts/Panel";
import { type Column, Rows } from "@/pages/admin/parts/Rows";
import { confirmAct } from "@/ui/confirmAct";
import { Empty, Ready } from "@/ui/States";
import { CoverDialog } from "./CoverDialog";
import { coversQuery, useCovers } from "./queries";

/** Covers of and by the user; or, `of` somebody else, over that one's records. */
export function CoverPanel({ of }: { of?: Id }) {
  const { t } = useTranslation("cover");
  const covers = useQuery(coversQuery(of));
  const [adding, setAdding] = useState(false);
  return (
    <Panel
      title={t("title")}
      about={of ? t("aboutOther") : t("about")}
      actions={
        <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setAdding(true)}>
          {t("add")}
        </Button>
      }
    >
      <Ready query={covers}>
        {(all) =>
          all.length === 0 ? <Empty title={t("none")}>{!of && t("noneText")}</Empty> : <Table covers={all} />
        }
      </Ready>
      {adding && <CoverDialog of={of} onClose={() => setAdding(false)} />}
    </Panel>
  );
}

const COLORS = { pending: "gray", in_force: "green", ended: "gray" } as const;

function Table({ covers }: { covers: Cover[] }) {
  const { t } = useTranslation("cover");
  const columns: Column<Cover>[] = [
    { key: "of", label: t("of"), cell: (c) => c.of.name || t("common:unknownUser"), sort: (c) => c.of.name },
    { key: "to", label: t("to"), cell: (c) => c.to.name || t("common:unknownUser"), sort: (c) => c.to.name },
    { key: "role", label: t("role"), cell: (c) => c.role?.label ?? t("roleGone") },
    {
      key: "time",
      label: t("time"),
      cell: (c) => t("span", { from: dateOf(c.from), until: c.until ? dateOf(c.until) : "" }),
      sort: (c) => c.from,
    },
    { key: "reason", label: t("reason"), cell: (c) => c.reason ?? "" },
    { key: "by", label: t("by"), cell: (c) => c.by.name || t("common:unknownUser") },
    {
      key: "state",
      label: t("stateLabel"),
      cell: (c) => (
        <Badge variant="light" color={COLORS[c.state]}>
          {t(`cover:state.${c.state}`)}
        </Badge>
      ),
    },
    { key: "acts", label: t("acts"), quiet: true, end: true, cell: (c) => <End cover={c} /> },
  ];
  return <Rows label={t("title")} columns={columns} rows={covers} keyOf={(c) => c.id} />;
}

function End({ cover }: { cover: Cover }) {
  const { t } = useTranslation("cover");
  const { end } = useCovers();
  const me = useMe();
  const mine = [cover.of.id, cover.to.id, cover.by.id].includes(me.user.id);
  if (cover.state === "ended" || !(mine || me.things.users === "manage")) return null;
  const { name } = cover.to;
  return (
    <Button
      size="compact-sm"
      variant="default"
      aria-label={t("endOf", { name })}
      onClick={() =>
        confirmAct({
          title: t("endTitle"),
          consequence: t("endText", { name }),
          button: t("end"),
          run: () => end(cover.id).then(() => done(t("ended"))),
        })
      }
    >
      {t("end")}
    </Button>
  );
}
