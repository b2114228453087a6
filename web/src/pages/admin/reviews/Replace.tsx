// Another reviewer in the place of one who leaves, or asks for it.
import { Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { problemOf } from "@/api/client";
import type { AccessReview } from "@/api/types";
import { done } from "@/lib/undo";
import { useReviewActs } from "@/pages/reviews/queries";
import { UserSelect } from "@/ui/UserSelect";
import { DialogForm, FormDialog } from "../parts/FormDialog";

export type Reviewer = AccessReview["reviewers"][number];

interface Props {
  review: AccessReview;
  /** Whose place is taken; nobody's while it is closed. */
  from: Reviewer | null;
  onClose: () => void;
}

export function Replace({ review, from, onClose }: Props) {
  const { t } = useTranslation("reviews");
  return (
    <FormDialog opened={from !== null} onClose={onClose} title={t("replace.title")}>
      {from && <Form key={from.user.id} review={review} from={from} onClose={onClose} />}
    </FormDialog>
  );
}

function Form({ review, from, onClose }: Props & { from: Reviewer }) {
  const { t } = useTranslation("reviews");
  const { replace } = useReviewActs(review.id);
  const [reviewer, setReviewer] = useState<string | null>(null);
  const send = useMutation({
    mutationFn: () => replace(from.user.id, reviewer ?? ""),
    onSuccess: ({ reviewers }) => {
      const next = reviewers.find(({ user }) => user.id === reviewer)?.user.name;
      done(t("replace.done", { name: next || t("common:unknownUser") }));
      onClose();
    },
  });
  return (
    <DialogForm
      button={t("replace.button")}
      disabled={!reviewer}
      sending={send}
      names={{ reviewer: t("replace.by"), from: t("reviewer") }}
      onCancel={onClose}
    >
      <Text size="sm" c="dimmed">
        {t("replace.text", { name: from.user.name || t("common:unknownUser"), count: from.open })}
      </Text>
      <UserSelect
        label={t("replace.by")}
        description={t("replace.byHelp")}
        required
        searchable
        clearable
        data-autofocus
        value={reviewer}
        error={problemOf(send.error)?.issue("reviewer")}
        onChange={setReviewer}
      />
    </DialogForm>
  );
}
