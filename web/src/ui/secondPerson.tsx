// Acts on many records: what they would do is shown before, and where the server asks for a second person, so does this.
import { Stack } from "@mantine/core";
import { type QueryClient, QueryClientProvider, useMutation, useQuery } from "@tanstack/react-query";
import i18next from "i18next";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { Problem, request } from "@/api/client";
import type { Approval, ManyAct, ActPreview as Preview } from "@/api/types";
import { close, show } from "@/lib/ask";
import { REASON_MIN, tidy } from "@/lib/reason";
import { done } from "@/lib/undo";
import { ActPreview } from "./ActPreview";
import { DialogButtons } from "./DialogButtons";
import { ReasonField } from "./ReasonField";
import { Failed, Ready } from "./States";

interface Many {
  act: ManyAct;
  /** A verb. */
  button: string;
  danger?: boolean;
  /** Does it, where nobody has to approve. */
  run: () => Promise<unknown>;
  /** Called once it is asked for, or was done after all where it had been refused. */
  asked?: () => void;
}

/** Beyond this many, what an act would do is looked at first. */
export const LOOK = 50;

export const needsSecond = (error: unknown): boolean =>
  error instanceof Problem && error.code === "approval-required";

/** Shows what an act would do, and does it or asks for it, as the user says. */
export function look(client: QueryClient, many: Many): void {
  const modalId = `act-${Date.now()}`;
  show({
    modalId,
    title: i18next.t("requests:preview.title"),
    size: "lg",
    closeOnClickOutside: false,
    children: (
      <QueryClientProvider client={client}>
        <Look {...many} onClose={() => close(modalId)} />
      </QueryClientProvider>
    ),
  });
}

/** Does something that a second person may have to approve: then nothing is done, and the user can ask. */
export async function unlessSecond<T>(
  client: QueryClient,
  act: ManyAct,
  button: string,
  run: () => Promise<T>,
  asked?: () => void,
): Promise<T | undefined> {
  try {
    return await run();
  } catch (error) {
    if (!needsSecond(error)) throw error;
    look(client, { act, button, run, asked });
    return undefined;
  }
}

const previewOf = (act: ManyAct) => ({
  queryKey: ["act-preview", act],
  queryFn: () => request<Preview>("POST", "/approvals/preview", { body: { act } }),
  staleTime: 0,
  gcTime: 0,
  retry: false,
});

/** What an act would do, where it is about to be done. */
export function PreviewOf({ act }: { act: ManyAct }) {
  const preview = useQuery(previewOf(act));
  return (
    <Ready query={preview} rows={3}>
      {(found) => <ActPreview preview={found} />}
    </Ready>
  );
}

/** On nothing there is nothing to do; rules, and a role that nobody has yet, change nevertheless. */
const idle = (preview: Preview) => preview.count === 0 && preview.kind !== "role_change";

function Look({ act, button, danger, run, asked, onClose }: Many & { onClose: () => void }) {
  const { t } = useTranslation("requests");
  const preview = useQuery(previewOf(act));
  const [reason, setReason] = useState("");
  const asks = preview.data?.needs_approval ?? false;
  const short = tidy(reason).length < REASON_MIN;
  const send = useMutation({
    mutationFn: async () => {
      if (!asks) return void (await run());
      await request<Approval>("POST", "/approvals", { body: { act, reason: tidy(reason) } });
    },
    onSuccess: () => {
      onClose();
      if (asks) done(t("second.sent"));
      asked?.();
    },
    onError: (error) => {
      if (needsSecond(error)) void preview.refetch();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    send.mutate();
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <Ready query={preview} rows={4}>
          {(found) => <ActPreview preview={found} />}
        </Ready>
        {asks && (
          <ReasonField
            label={t("second.reason")}
            description={t("second.reasonHelp")}
            data-autofocus
            required
            value={reason}
            onChange={setReason}
          />
        )}
        {send.error && !needsSecond(send.error) && <Failed error={send.error} />}
        <DialogButtons
          button={asks ? t("second.ask") : button}
          danger={danger && !asks}
          busy={send.isPending}
          disabled={!preview.data || idle(preview.data) || (asks && short)}
          onCancel={onClose}
        />
      </Stack>
    </form>
  );
}
