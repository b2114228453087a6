// One campaign: how far its reviewers are, and what became of every right, to look at, to print and to take out.
import { Anchor, Button, Group, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { AccessReview } from "@/api/types";
import { dateTime, number, relativeDay } from "@/lib/format";
import { reviewPath } from "@/lib/paths";
import { done } from "@/lib/undo";
import { reviewQuery, useReviewActs } from "@/pages/reviews/queries";
import { confirmAct } from "@/ui/confirmAct";
import { Ready } from "@/ui/States";
import { AdminPage } from "./parts/AdminPage";
import { Facts, Panel } from "./parts/Panel";
import { type Column, Rows } from "./parts/Rows";
import { Over } from "./Reviews";
import { Replace, type Reviewer } from "./reviews/Replace";
import { Report } from "./reviews/Report";
import classes from "./reviews/Report.module.css";
import { ReviewState } from "./reviews/ReviewState";

export default function Review() {
  const { id } = useParams({ strict: false }) as { id: string };
  return <One key={id} id={id} />;
}

function One({ id }: { id: string }) {
  const { t } = useTranslation("reviews");
  const review = useQuery(reviewQuery(id));
  return (
    <AdminPage
      title={review.data?.name ?? t("one")}
      tab={t("one")}
      trail={[{ to: "/admin/access-reviews", label: t("title") }]}
    >
      <Ready query={review}>
        {(found) => (
          <Stack>
            <Data review={found} />
            <Reviewers review={found} />
            {found.may_report && <Report review={found} />}
          </Stack>
        )}
      </Ready>
    </AdminPage>
  );
}

function Data({ review }: { review: AccessReview }) {
  const { t } = useTranslation("reviews");
  const { cancel } = useReviewActs(review.id);
  const open = review.state === "open";
  const stop = () =>
    confirmAct({
      title: t("cancel.title"),
      consequence: t("cancel.text"),
      button: t("cancel.button"),
      run: () => cancel().then(() => done(t("cancel.done"))),
    });
  const nobody = t("common:unknownUser");
  return (
    <Panel title={t("data")} actions={<ReviewState review={review} />}>
      <Facts
        items={[
          [t("over.label"), <Over key="over" review={review} />],
          [t("begun"), `${dateTime(review.at)}, ${review.by.name || nobody}`],
          [
            t("endsAt"),
            open ? `${dateTime(review.ends_at)} (${relativeDay(review.ends_at)})` : dateTime(review.ends_at),
          ],
          [
            review.state === "cancelled" ? t("cancel.at") : t("closedAt"),
            review.closed_at &&
              [dateTime(review.closed_at), review.closed_by?.name].filter(Boolean).join(", "),
          ],
        ]}
      />
      <Counts review={review} />
      <Text size="sm" c="dimmed" maw={720}>
        {t(`reviews:adminText.${review.state}`)}
      </Text>
      <Group className={classes.tools}>
        {open && (review.own?.total ?? 0) > 0 && (
          <Anchor component={Link} to={reviewPath(review.id)} size="sm">
            {t("toOwn", { count: review.own?.open })}
          </Anchor>
        )}
        {review.may_cancel && open && (
          <Button variant="light" color="red" onClick={stop}>
            {t("cancel.open")}
          </Button>
        )}
      </Group>
    </Panel>
  );
}

const STATES = ["open", "confirmed", "withdrawn", "ended", "kept", "gone", "changed"] as const;

/** How many rights stand how; what is nothing is not said, but for what waits. */
function Counts({ review: { counts } }: { review: AccessReview }) {
  const { t } = useTranslation("reviews");
  return (
    <dl className={classes.counts} aria-label={t("counts")}>
      <div>
        <dt>{t("total")}</dt>
        <dd>{number(counts.total)}</dd>
      </div>
      {STATES.filter((state) => counts[state] > 0 || state === "open").map((state) => (
        <div key={state}>
          <dt>{t(`reviews:state.${state}`)}</dt>
          <dd>{number(counts[state])}</dd>
        </div>
      ))}
    </dl>
  );
}

function Reviewers({ review }: { review: AccessReview }) {
  const { t } = useTranslation("reviews");
  const [from, setFrom] = useState<Reviewer | null>(null);
  const replaces = review.may_cancel && review.state === "open";
  const columns: Column<Reviewer>[] = [
    {
      key: "name",
      label: t("reviewer"),
      sort: ({ user }) => user.name,
      cell: ({ user, may_act }) => (
        <>
          {user.name || t("common:unknownUser")}
          {!may_act && (
            <Text span size="sm" c="var(--k-warn)">
              {" "}
              ({t("mayNot")})
            </Text>
          )}
        </>
      ),
    },
    {
      key: "done",
      label: t("decided"),
      sort: ({ items, open }) => items - open,
      cell: ({ items, open }) => t("of", { done: number(items - open), total: number(items) }),
    },
    { key: "open", label: t("reviews:state.open"), sort: ({ open }) => open, cell: ({ open }) => open },
  ];
  if (replaces)
    columns.push({
      key: "replace",
      label: t("replace.button"),
      quiet: true,
      end: true,
      cell: (one) =>
        one.open > 0 && (
          <Button
            variant="subtle"
            size="compact-sm"
            aria-label={t("replace.doOf", { name: one.user.name || t("common:unknownUser") })}
            onClick={() => setFrom(one)}
          >
            {t("replace.do")}
          </Button>
        ),
    });
  return (
    <Panel title={t("progressTitle")}>
      <Rows
        label={t("progressTitle")}
        columns={columns}
        rows={review.reviewers}
        keyOf={({ user }) => user.id}
      />
      <Replace review={review} from={from} onClose={() => setFrom(null)} />
    </Panel>
  );
}
