// The report for auditors: each right, who decided on it, when and how, and the events that show it.
import { Select } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { AccessReview, AccessReviewReportItem } from "@/api/types";
import { useMe } from "@/lib/entities";
import { dateOf, dateTime } from "@/lib/format";
import { More } from "@/pages/record/tabs/More";
import { reviewReportQuery, type State } from "@/pages/reviews/queries";
import { placeOf, RightState, RightText, useHolder } from "@/pages/reviews/Right";
import { Empty, Ready } from "@/ui/States";
import { Panel } from "../parts/Panel";
import { type Column, Rows } from "../parts/Rows";
import { TakeOut } from "../parts/TakeOut";
import { one, useUrl } from "../parts/useUrl";
import classes from "./Report.module.css";

const STATES: State[] = ["open", "confirmed", "withdrawn", "ended", "kept", "gone", "changed"];

/** Pages that are read for one printed page: all that a campaign can hold. */
const PRINTED = 50;

export function Report({ review }: { review: AccessReview }) {
  const { t } = useTranslation("reviews");
  const me = useMe();
  const [url, setUrl] = useUrl();
  const state = STATES.find((each) => each === one(url.state));
  const query = useInfiniteQuery(reviewReportQuery(review.id, state));
  return (
    <Panel
      title={t("report.title")}
      about={t("report.about")}
      actions={
        <TakeOut
          query={query}
          most={PRINTED}
          path={`/access-reviews/${review.id}/export`}
          file="access-review.csv"
          className={classes.tools}
        />
      }
    >
      <p className={classes.onPaper}>
        {[
          me.organisation,
          state && t(`reviews:state.${state}`),
          t("disclosures:printed", { at: dateTime(new Date()), name: me.user.name }),
        ]
          .filter(Boolean)
          .join(" · ")}
      </p>
      <Select
        label={t("report.state")}
        placeholder={t("report.any")}
        clearable
        maw={280}
        className={classes.tools}
        data={STATES.map((value) => ({ value, label: t(`reviews:state.${value}`) }))}
        value={state ?? null}
        onChange={(value) => setUrl({ state: value ?? undefined })}
      />
      <Ready query={query} rows={8}>
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items);
          if (items.length === 0) return <Empty title={t("report.none")} />;
          return (
            <>
              <Table items={items} />
              <div className={classes.tools}>
                <More label={t("more")} query={query} />
              </div>
            </>
          );
        }}
      </Ready>
    </Panel>
  );
}

function Table({ items }: { items: AccessReviewReportItem[] }) {
  const { t } = useTranslation("reviews");
  const holder = useHolder();
  const columns: Column<AccessReviewReportItem>[] = [
    {
      key: "who",
      label: t("report.who"),
      cell: (right) => [holder(right), placeOf(right)].filter(Boolean).join(" · "),
    },
    { key: "what", label: t("report.what"), cell: (right) => <RightText right={right} /> },
    {
      key: "since",
      label: t("report.since"),
      cell: ({ since }) => <span className={classes.day}>{dateOf(since)}</span>,
    },
    {
      key: "reviewer",
      label: t("reviewer"),
      cell: ({ reviewer }) => reviewer.name || t("common:unknownUser"),
    },
    { key: "state", label: t("standing"), cell: ({ state }) => <RightState state={state} /> },
    { key: "decision", label: t("report.decision"), cell: (right) => <Decision right={right} /> },
    { key: "events", label: t("report.events"), cell: (right) => <Events right={right} /> },
  ];
  return (
    <div className={classes.report}>
      <Rows
        label={t("report.title")}
        columns={columns}
        rows={items}
        keyOf={({ item }) => String(item)}
        whole
      />
    </div>
  );
}

function Decision({ right }: { right: AccessReviewReportItem }) {
  const { t } = useTranslation("reviews");
  const parts = [
    right.decided_at && dateTime(right.decided_at),
    right.decided_by?.name,
    right.kept && t(`reviews:kept.${right.kept}`),
    right.reason && t("reason", { reason: right.reason }),
  ].filter(Boolean);
  return parts.length > 0 ? <span>{parts.join(" · ")}</span> : "–";
}

function Events({ right: { decision_event, end_event } }: { right: AccessReviewReportItem }) {
  const numbers = [...new Set([decision_event, end_event])].filter((number) => number !== null);
  return numbers.length > 0 ? <span>{numbers.join(", ")}</span> : "–";
}
