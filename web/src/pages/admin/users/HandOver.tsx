import { Group, Select, Stack, Text } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { problemOf, request } from "@/api/client";
import type { BulkResult, Job, UserView } from "@/api/types";
import { inWords } from "@/i18n";
import { useEntities } from "@/lib/entities";
import { isGoing, know } from "@/lib/jobs";
import { HandOverParts } from "@/pages/jobs/HandOverParts";
import { useOwners } from "@/ui/colleagues";
import { useJob } from "@/ui/JobsData";
import { JobActions, JobProgress, JobStateText } from "@/ui/JobsItem";
import { useJobWords } from "@/ui/JobsWords";
import { PeopleSelect } from "@/ui/PeopleSelect";
import { unlessSecond } from "@/ui/secondPerson";
import { DialogDone, DialogForm, FormDialog } from "../parts/FormDialog";
import { hides, WhoCould } from "./WhoCould";

interface Props {
  user: Pick<UserView, "id" | "name">;
  opened: boolean;
  onClose: () => void;
}

/** All that somebody owns, to others: first looked at, then done as one act. */
export function HandOver({ user, opened, onClose }: Props) {
  const { t } = useTranslation("admin");
  return (
    <FormDialog opened={opened} onClose={onClose} size="lg" title={t("handOver.title", { name: user.name })}>
      <Form user={user} onClose={onClose} />
    </FormDialog>
  );
}

interface Order {
  to: string[];
  entity: string | null;
}

function useOrder(
  user: Props["user"],
  { to, entity }: Order,
  dry_run: boolean,
  onStart: (id: string) => void,
  onAsked: () => void,
) {
  const { t } = useTranslation("admin");
  const client = useQueryClient();
  const what = { to, ...(entity ? { entity } : {}) };
  const send = () => request<Job>("POST", `/users/${user.id}/hand-over`, { body: { ...what, dry_run } });
  return useMutation({
    mutationFn: () =>
      dry_run
        ? send()
        : unlessSecond(client, { hand_over: { user: user.id, ...what } }, t("handOver.open"), send),
    onSuccess: (job) => {
      // A second person is asked instead.
      if (!job) return onAsked();
      know(client, job);
      onStart(job.id);
    },
  });
}

function Form({ user, onClose }: Omit<Props, "opened">) {
  const { t } = useTranslation("admin");
  const words = useJobWords();
  const [order, setOrder] = useState<Order>({ to: [], entity: null });
  const [looked, setLooked] = useState<string | null>(null);
  const [begun, setBegun] = useState<string | null>(null);
  const preview = useJob(looked);
  const entities = useEntities();
  const owners = useOwners(order.entity ? [order.entity] : entities.map(({ name }) => name));
  const people = owners.people.filter(({ value }) => value !== user.id);
  // Whoever could not own what is chosen now is not among them any more.
  const to = order.to.filter((id) => people.some(({ value }) => value === id));
  const look = useOrder(user, { ...order, to }, true, setLooked, onClose);
  const run = useOrder(user, { ...order, to }, false, setBegun, onClose);
  const result = preview?.result as BulkResult | undefined;
  const sure = preview?.state === "done" && result !== undefined;
  const some = sure && result.changed > 0;
  const sending = some ? run : look;
  const problem = problemOf(sending.error);
  const change = (next: Partial<Order>) => {
    setOrder({ ...order, ...next });
    setLooked(null);
  };
  if (begun) return <Run id={begun} onClose={onClose} />;
  return (
    <DialogForm
      button={some ? t("handOver.go", { what: words.handedOver(result) }) : t("handOver.look")}
      disabled={to.length === 0 || (sure && !some) || isGoing(preview)}
      sending={sending}
      names={{ to: t("handOver.to"), entity: t("handOver.what") }}
      onCancel={onClose}
    >
      <Text size="sm">{t("handOver.text")}</Text>
      <PeopleSelect
        label={t("handOver.to")}
        description={t("handOver.toHelp")}
        data-autofocus
        required
        maxValues={20}
        limit={80}
        people={people}
        value={to}
        onChange={(to) => change({ to })}
        error={problem?.issue("to")}
      />
      <Select
        label={t("handOver.what")}
        clearable
        placeholder={t("handOver.everything")}
        data={entities.map((entity) => ({ value: entity.name, label: inWords(entity.label_plural) }))}
        value={order.entity}
        onChange={(entity) => change({ entity })}
      />
      {owners.known && people.length === 0 && <Text size="sm">{t("handOver.noOwner")}</Text>}
      {preview && <Course job={preview} />}
      {sure && !some && <Text size="sm">{t("handOver.nothing")}</Text>}
      {sure && hides(result) && <WhoCould user={user} />}
    </DialogForm>
  );
}

/** How far it is, then what comes of it. */
function Course({ job }: { job: Job }) {
  const words = useJobWords();
  const result = job.result as BulkResult | undefined;
  return (
    <Stack gap="xs">
      <Group gap="xs" role="status">
        <JobStateText job={job} />
        <Text size="sm">{words.summary(job)}</Text>
      </Group>
      <JobProgress job={job} />
      {result && <HandOverParts result={result} preview={job.kind === "hand_over_check"} />}
    </Stack>
  );
}

function Run({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useTranslation("admin");
  const job = useJob(id);
  return (
    <DialogDone onClose={onClose}>
      {job && <Course job={job} />}
      {job && <JobActions job={job} />}
      {isGoing(job) && <Text size="sm">{t("handOver.goesOn")}</Text>}
    </DialogDone>
  );
}
