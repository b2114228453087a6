// Reviews of access in which the user decides on rights of others: those that wait first.
import { Anchor, Badge, Text } from "@mantine/core";
import { IconListCheck } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { AccessReview } from "@/api/types";
import { dateTime, relativeDay } from "@/lib/format";
import { reviewPath } from "@/lib/paths";
import classes from "@/pages/shared/GrantItem.module.css";
import { Page } from "@/ui/Page";
import { Empty, Ready } from "@/ui/States";
import { reviewsQuery, waits } from "./queries";

export default function Reviews() {
  const { t } = useTranslation("reviews");
  const query = useQuery(reviewsQuery("mine"));
  const lead = (
    <Text size="sm" c="dimmed" maw={720}>
      {t("mine.lead")}
    </Text>
  );
  return (
    <Page title={t("mine.title")} tab={t("mine.title")} lead={lead}>
      <Ready query={query} rows={3}>
        {(all) => {
          const [now, over] = [all.filter(waits), all.filter((review) => !waits(review))];
          if (all.length === 0)
            return (
              <Empty icon={<IconListCheck size={32} stroke={1.5} aria-hidden />} title={t("mine.none")}>
                {t("mine.noneText")}
              </Empty>
            );
          return (
            <>
              <List label={t("mine.now")} reviews={now} none={t("mine.noneNow")} />
              {over.length > 0 && <List label={t("mine.over")} reviews={over} />}
            </>
          );
        }}
      </Ready>
    </Page>
  );
}

function List({ label, reviews, none }: { label: string; reviews: AccessReview[]; none?: string }) {
  return (
    <section aria-label={label}>
      <Text component="h2" fw={600} mb={4}>
        {label}
      </Text>
      {reviews.length === 0 && (
        <Text size="sm" c="dimmed">
          {none}
        </Text>
      )}
      <ul className={classes.list}>
        {reviews.map((review) => (
          <One key={review.id} review={review} />
        ))}
      </ul>
    </section>
  );
}

function One({ review }: { review: AccessReview }) {
  const { t } = useTranslation("reviews");
  const { own, by } = review;
  return (
    <li className={classes.grant}>
      <div className={classes.what}>
        <Anchor component={Link} to={reviewPath(review.id)} inherit className={classes.name}>
          {review.name}
        </Anchor>
        <p>
          {review.state === "open"
            ? t("until", { at: dateTime(review.ends_at), when: relativeDay(review.ends_at) })
            : t("ended", { at: dateTime(review.closed_at ?? review.ends_at) })}
          {" · "}
          {t("by", { name: by.name || t("common:unknownUser") })}
        </p>
      </div>
      <div className={classes.acts}>
        {waits(review) ? (
          <Badge variant="light" color="orange" tt="none">
            {t("left", { count: own?.open })}
          </Badge>
        ) : (
          <Badge variant="light" color="gray" tt="none">
            {review.state === "open" ? t("mine.decided") : t(`reviews:how.${review.state}`)}
          </Badge>
        )}
      </div>
    </li>
  );
}
