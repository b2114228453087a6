// A deal to be registered: a company, whom to talk to there, and what it is about.
import { Text, Textarea, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { problemOf, request } from "@/api/client";
import { meQuery } from "@/api/queries";
import type { RegistrationCreate, RegistrationMade } from "@/api/types";
import { useMe } from "@/lib/entities";
import { dateTime } from "@/lib/format";
import { done } from "@/lib/undo";
import classes from "@/pages/admin/Admin.module.css";
import { DialogForm } from "@/pages/admin/parts/FormDialog";

const EMPTY: Required<RegistrationCreate> = {
  company_name: "",
  first_name: "",
  last_name: "",
  email: "",
  phone: "",
  website: "",
  city: "",
  description: "",
};

type Name = keyof typeof EMPTY;

const LINES: [Name, number, "text" | "email" | "tel" | "url", boolean][] = [
  ["company_name", 250, "text", true],
  ["first_name", 100, "text", false],
  ["last_name", 120, "text", false],
  ["email", 254, "email", false],
  ["phone", 40, "tel", false],
  ["website", 2000, "text", false],
  ["city", 100, "text", false],
];

export function Register({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation("partner");
  const client = useQueryClient();
  const me = useMe();
  const [draft, setDraft] = useState(EMPTY);
  const [key, setKey] = useState(() => crypto.randomUUID());
  const label = (name: Name) => t(`partner:register.field.${name}`);
  const names = Object.fromEntries((Object.keys(EMPTY) as Name[]).map((name) => [name, label(name)]));
  const filled = Object.fromEntries(Object.entries(draft).filter(([, text]) => text.trim()));
  const send = useMutation({
    mutationFn: () =>
      request<RegistrationMade>("POST", "/registrations", { body: filled, idempotencyKey: key }),
    onSuccess: ({ until }) => {
      for (const key of ["registrations", "grants", "list", "entities"])
        void client.invalidateQueries({ queryKey: [key] });
      void client.invalidateQueries({ queryKey: meQuery.queryKey });
      done(t("register.done", { at: dateTime(until) }));
      onClose();
    },
    onError: (error) => {
      // The answer to this key may stand for what was typed before: the next try is a new one.
      if (problemOf(error)?.status === 409) setKey(crypto.randomUUID());
      // Others may have closed it meanwhile.
      void client.invalidateQueries({ queryKey: meQuery.queryKey });
    },
  });
  const problem = problemOf(send.error);
  const about = (name: Name) => ({
    label: label(name),
    error: problem?.issue(name),
    value: draft[name],
    autoComplete: "off",
    onChange: (e: { currentTarget: { value: string } }) =>
      setDraft({ ...draft, [name]: e.currentTarget.value }),
  });
  return (
    <DialogForm button={t("register.do")} sending={send} names={names} onCancel={onClose}>
      <Text size="sm" c="dimmed">
        {t("register.about", { house: me.organisation })}
      </Text>
      <div className={classes.form}>
        {LINES.map(([name, maxLength, type, required]) => (
          <TextInput
            key={name}
            {...about(name)}
            {...{ maxLength, type, required }}
            data-autofocus={name === "company_name" || undefined}
            className={name === "company_name" ? classes.wide : undefined}
          />
        ))}
        <Textarea
          {...about("description")}
          description={t("register.describe")}
          required
          autosize
          minRows={3}
          maxRows={10}
          maxLength={10000}
          className={classes.wide}
        />
      </div>
    </DialogForm>
  );
}
