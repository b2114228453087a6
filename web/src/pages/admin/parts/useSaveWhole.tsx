import { Alert } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { type QueryKey, useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Problem, request } from "@/api/client";
import { meQuery } from "@/api/queries";
import { done } from "@/lib/undo";

interface Whole {
  path: string;
  /** Where what is saved now is kept. */
  queryKey: QueryKey;
  version: number;
  /** What is said once it is saved. */
  said: string;
  onSaved: () => void;
}

/**
 * Saves settings that are one whole. Whoever was overtaken by somebody else gets what is saved now; what was typed has
 * to be kept apart from it.
 */
export function useSaveWhole<Body>({ path, queryKey, version, said, onSaved }: Whole) {
  const client = useQueryClient();
  const saving = useMutation({
    mutationFn: (body: Body) => request<unknown>("PUT", path, { body, version }),
    onSuccess: (saved) => {
      client.setQueryData(queryKey, saved);
      void client.invalidateQueries({ queryKey: meQuery.queryKey });
      onSaved();
      done(said);
    },
    onError: (error) => {
      if (isOvertaken(error)) void client.invalidateQueries({ queryKey });
    },
  });
  const overtaken = isOvertaken(saving.error);
  return { save: saving.mutate, busy: saving.isPending, error: overtaken ? null : saving.error, overtaken };
}

const isOvertaken = (error: unknown) => error instanceof Problem && error.status === 412;

/** Says that somebody else has saved something meanwhile. */
export function Overtaken() {
  const { t } = useTranslation("admin");
  return (
    <Alert color="orange" variant="light" icon={<IconAlertTriangle aria-hidden />} role="alert">
      {t("conflict")}
    </Alert>
  );
}
