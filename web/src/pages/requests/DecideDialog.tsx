import { Button, Group, Stack, Text } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Approval } from "@/api/types";
import { REASON_MIN, tidy } from "@/lib/reason";
import { done } from "@/lib/undo";
import { FormDialog } from "@/pages/admin/parts/FormDialog";
import { ActPreview } from "@/ui/ActPreview";
import { ReasonField } from "@/ui/ReasonField";
import { useReturnFocus } from "@/ui/returnFocus";
import { Failed, Ready } from "@/ui/States";
import { approvalQuery, useDecisions } from "./queries";

interface Props {
  approval: Approval;
  name: string;
  onClose: () => void;
}

/** What was asked for, as far as whoever decides may see it, and the two answers. */
export function DecideDialog({ approval, name, onClose }: Props) {
  const { t } = useTranslation("requests");
  useReturnFocus();
  const detail = useQuery(approvalQuery(approval.id));
  const { approve, decline } = useDecisions();
  const [declining, setDeclining] = useState(false);
  const [reason, setReason] = useState("");
  const answer = useMutation({
    mutationFn: () => (declining ? decline(approval.id, tidy(reason)) : approve(approval.id)),
    onSuccess: () => {
      onClose();
      done(declining ? t("second.declined") : t("second.approved", { name }));
    },
  });
  return (
    <FormDialog opened onClose={onClose} title={t("second.asks", { name })} size="lg">
      <Stack>
        {approval.reason && <Text size="sm">{t("decide.reason", { reason: approval.reason })}</Text>}
        <Ready query={detail} rows={4}>
          {(found) =>
            found.preview ? (
              <ActPreview preview={found.preview} ask={false} />
            ) : (
              <Text size="sm">{t("second.over")}</Text>
            )
          }
        </Ready>
        <Text size="sm" c="dimmed">
          {t("second.exactly", { name })}
        </Text>
        {declining && (
          <ReasonField
            label={t("second.why")}
            description={t("second.whyHelp")}
            data-autofocus
            required
            value={reason}
            onChange={setReason}
          />
        )}
        {answer.error && <Failed error={answer.error} />}
        <Group justify="flex-end" gap="sm">
          {declining ? (
            <>
              <Button variant="default" onClick={() => setDeclining(false)}>
                {t("common:cancel")}
              </Button>
              <Button
                color="red"
                loading={answer.isPending}
                disabled={tidy(reason).length < REASON_MIN}
                onClick={() => answer.mutate()}
              >
                {t("decide.decline")}
              </Button>
            </>
          ) : (
            <>
              <Button variant="default" onClick={() => setDeclining(true)}>
                {t("second.declineAsk")}
              </Button>
              <Button
                loading={answer.isPending}
                disabled={!detail.data?.preview}
                onClick={() => answer.mutate()}
              >
                {t("second.approve")}
              </Button>
            </>
          )}
        </Group>
      </Stack>
    </FormDialog>
  );
}
