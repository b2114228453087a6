// Campaigns in which access is reviewed: those that go on, and what came of those that are over.
import { Anchor, Button, Text } from "@mantine/core";
import { IconListCheck, IconPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { AccessReview } from "@/api/types";
import { mayManage, useMe } from "@/lib/entities";
import { dateTime, number } from "@/lib/format";
import { adminReviewPath } from "@/lib/paths";
import { reviewsQuery } from "@/pages/reviews/queries";
import { Empty, NoAccess, Ready } from "@/ui/States";
import { AdminPage } from "./parts/AdminPage";
import { type Column, Rows } from "./parts/Rows";
import { NewReview } from "./reviews/NewReview";
import { ReviewState } from "./reviews/ReviewState";

export default function Reviews() {
  const { t } = useTranslation("reviews");
  const me = useMe();
  const [adding, setAdding] = useState(false);
  const may = mayManage(me, "users") || mayManage(me, "ledger");
  const reviews = useQuery({ ...reviewsQuery("all"), enabled: may });
  return (
    <AdminPage
      title={t("title")}
      tab={t("title")}
      about={t("about")}
      actions={
        mayManage(me, "users", "manage") && (
          <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setAdding(true)}>
            {t("add")}
          </Button>
        )
      }
    >
      {may ? (
        <Ready query={reviews}>{(all) => <Table reviews={all} />}</Ready>
      ) : (
        <NoAccess missing={{ action: "read", what: t("title") }} />
      )}
      <NewReview opened={adding} onClose={() => setAdding(false)} />
    </AdminPage>
  );
}

function Table({ reviews }: { reviews: AccessReview[] }) {
  const { t } = useTranslation("reviews");
  const columns: Column<AccessReview>[] = [
    {
      key: "name",
      label: t("name"),
      sort: ({ name }) => name,
      cell: (review) => (
        <Anchor component={Link} to={adminReviewPath(review.id)} size="sm" fw={500}>
          {review.name}
        </Anchor>
      ),
    },
    { key: "over", label: t("over.label"), cell: (review) => <Over review={review} /> },
    {
      key: "ends",
      label: t("endsAt"),
      sort: ({ ends_at }) => ends_at,
      cell: ({ ends_at }) => dateTime(ends_at),
    },
    { key: "state", label: t("standing"), cell: (review) => <ReviewState review={review} /> },
    {
      key: "done",
      label: t("decided"),
      cell: ({ counts: { total, open } }) => t("of", { done: number(total - open), total: number(total) }),
    },
  ];
  if (reviews.length === 0)
    return (
      <Empty icon={<IconListCheck size={32} stroke={1.5} aria-hidden />} title={t("none")}>
        {t("noneText")}
      </Empty>
    );
  return <Rows label={t("title")} columns={columns} rows={reviews} keyOf={({ id }) => id} />;
}

/** Over which team or role. */
export function Over({ review: { team, role } }: { review: AccessReview }) {
  const { t } = useTranslation("reviews");
  return (
    <Text span size="sm" inherit>
      {team ? t("over.teamOf", { name: team.name }) : t("over.roleOf", { name: role?.label })}
    </Text>
  );
}
