// What one reviewer has to decide on: each right is confirmed or taken away, one by one or many at once.
import { Alert, Anchor, SegmentedControl, Stack, Text } from "@mantine/core";
import { IconClock } from "@tabler/icons-react";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { AccessReview } from "@/api/types";
import { dateTime, number, relativeDay } from "@/lib/format";
import { adminReviewPath, REVIEWS } from "@/lib/paths";
import type { Search } from "@/router";
import { Page } from "@/ui/Page";
import { Empty, Ready } from "@/ui/States";
import { ReviewItems } from "./Items";
import { reviewItemsQuery, reviewQuery } from "./queries";
import classes from "./Reviews.module.css";

export default function Review() {
  const { id } = useParams({ strict: false }) as { id: string };
  return <One key={id} id={id} />;
}

function One({ id }: { id: string }) {
  const { t } = useTranslation("reviews");
  const review = useQuery(reviewQuery(id));
  const lead = (
    <>
      <nav aria-label={t("trail")}>
        <Anchor component={Link} to={REVIEWS} size="sm">
          {t("mine.title")}
        </Anchor>
      </nav>
      {review.data && <Lead review={review.data} />}
    </>
  );
  return (
    <Page title={review.data?.name ?? t("one")} tab={t("one")} lead={lead}>
      <Ready query={review}>{(found) => <Found review={found} />}</Ready>
    </Page>
  );
}

function Lead({ review }: { review: AccessReview }) {
  const { t } = useTranslation("reviews");
  const open = review.state === "open";
  return (
    <>
      <Text size="sm" c="dimmed">
        {open
          ? t("until", { at: dateTime(review.ends_at), when: relativeDay(review.ends_at) })
          : t("ended", { at: dateTime(review.closed_at ?? review.ends_at) })}
        {" · "}
        {t("by", { name: review.by.name || t("common:unknownUser") })}
      </Text>
      {open && (
        <Text size="sm" c="dimmed" maw={720}>
          {t("explain")}
        </Text>
      )}
    </>
  );
}

function Found({ review }: { review: AccessReview }) {
  const { t } = useTranslation("reviews");
  const go = useNavigate();
  const over = review.state !== "open";
  const asked = (useSearch({ strict: false }) as Search).show;
  const show = asked === "all" || (over && asked !== "open") ? "all" : "open";
  const choose = (next: string) => void go({ to: ".", search: { show: next } as never, replace: true });
  const own = review.own;
  return (
    <Stack>
      {over && (
        <Alert variant="light" color="gray" icon={<IconClock aria-hidden />}>
          {t(`reviews:closed.${review.state}`)}
        </Alert>
      )}
      {review.may_report && (
        <Anchor component={Link} to={adminReviewPath(review.id)} size="sm">
          {t("toReport")}
        </Anchor>
      )}
      {own ? (
        <>
          <Text size="sm" role="status">
            {t("progress", { done: number(own.total - own.open), total: number(own.total) })}
          </Text>
          <SegmentedControl
            className={classes.show}
            aria-label={t("show.label")}
            value={show}
            onChange={choose}
            data={[
              { value: "open", label: t("show.open", { number: number(own.open) }) },
              { value: "all", label: t("show.all", { number: number(own.total) }) },
            ]}
          />
          <All key={show} review={review} show={show} />
        </>
      ) : (
        <Empty title={t("notYours")} />
      )}
    </Stack>
  );
}

function All({ review, show }: { review: AccessReview; show: "open" | "all" }) {
  const { t } = useTranslation("reviews");
  const query = useInfiniteQuery(reviewItemsQuery(review.id, show === "open" ? "open" : undefined));
  return (
    <Ready query={query} rows={8}>
      {({ pages }) => {
        const items = pages.flatMap((page) => page.items);
        if (items.length === 0) return <Empty title={t("nothingLeft")}>{t("nothingLeftText")}</Empty>;
        const until = pages[0]?.used_until ?? null;
        return (
          <>
            <Text size="sm" c="dimmed">
              {until ? t("used.until", { at: dateTime(until) }) : t("used.unknown")}
            </Text>
            <ReviewItems review={review} items={items} known={until !== null} query={query} />
          </>
        );
      }}
    </Ready>
  );
}
