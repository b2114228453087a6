import { List, Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { problemOf } from "@/api/client";
import type { AccessReview, AccessReviewItem } from "@/api/types";
import { tidy } from "@/lib/reason";
import { done } from "@/lib/undo";
import { DialogForm, FormDialog } from "@/pages/admin/parts/FormDialog";
import { ReasonField } from "@/ui/ReasonField";
import { useReturnFocus } from "@/ui/returnFocus";
import { useReviewActs } from "./queries";
import { useHolder, useRightWords } from "./Right";

/** Rights that are named; of the others, how many. */
const NAMED = 8;

interface Props {
  review: AccessReview;
  items: AccessReviewItem[];
  onDone: () => void;
  onClose: () => void;
}

/** Takes rights away at once, as many as were chosen. */
export function Withdraw({ review, items, onDone, onClose }: Props) {
  const { t } = useTranslation("reviews");
  useReturnFocus();
  const holder = useHolder();
  const words = useRightWords();
  const { withdraw } = useReviewActs(review.id);
  const [reason, setReason] = useState("");
  const send = useMutation({
    mutationFn: () =>
      withdraw(
        items.map(({ item }) => item),
        tidy(reason) || null,
      ),
    onSuccess: () => {
      done(t("withdrawn", { count: items.length }));
      onDone();
      onClose();
    },
  });
  const more = items.length - NAMED;
  return (
    <FormDialog opened onClose={onClose} title={t("take.title", { count: items.length })}>
      <DialogForm
        button={t("take.button")}
        danger
        sending={send}
        names={{ reason: t("take.reason"), items: t("items") }}
        onCancel={onClose}
      >
        <List size="sm">
          {items.slice(0, NAMED).map((item) => (
            <List.Item key={item.item}>
              <b>{holder(item)}</b>: {words(item)}
            </List.Item>
          ))}
          {more > 0 && <List.Item>{t("take.more", { count: more })}</List.Item>}
        </List>
        <Text size="sm">{t("take.text")}</Text>
        <ReasonField
          label={t("take.reason")}
          description={t("take.reasonHelp")}
          data-autofocus
          value={reason}
          error={problemOf(send.error)?.issue("reason")}
          onChange={setReason}
        />
      </DialogForm>
    </FormDialog>
  );
}
