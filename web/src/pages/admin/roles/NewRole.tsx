import { Select, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { problemOf, request } from "@/api/client";
import type { Role, RoleInput } from "@/api/types";
import { useEntities } from "@/lib/entities";
import { rolePath } from "@/lib/paths";
import { look, needsSecond } from "@/ui/secondPerson";
import { DialogForm, FormDialog } from "../parts/FormDialog";
import { inputOf, tidy } from "../parts/rights";
import { slug } from "../parts/slug";
import { roleOptions } from "../parts/useRoles";

interface Props {
  opened: boolean;
  roles: Role[];
  /** The role that is copied. */
  from?: Role;
  onClose: () => void;
}

export function NewRole({ opened, onClose, ...rest }: Props) {
  const { t } = useTranslation("admin");
  return (
    <FormDialog opened={opened} onClose={onClose} title={t("role.add")}>
      <Form {...rest} onClose={onClose} />
    </FormDialog>
  );
}

function Form({ roles, from, onClose }: Omit<Props, "opened">) {
  const { t } = useTranslation("admin");
  const client = useQueryClient();
  const go = useNavigate();
  const entities = useEntities();
  const [label, setLabel] = useState({ pl: "", en: "" });
  const [name, setName] = useState("");
  const [copied, setCopied] = useState<string | null>(from?.id ?? null);
  const wanted = () => {
    const source = roles.find((r) => r.id === copied);
    const rights = source ? inputOf(source) : { entities: {}, denials: {}, things: {} };
    const body: RoleInput = { ...rights, name: name || slug(label.pl, 50), label };
    return tidy(body, entities);
  };
  const make = useMutation({
    mutationFn: () => request<Role>("POST", "/roles", { body: wanted() }),
    onError: (error) => {
      if (!needsSecond(error)) return;
      onClose();
      const body = wanted();
      const run = async () => {
        await request<Role>("POST", "/roles", { body });
        await client.invalidateQueries({ queryKey: ["roles"] });
      };
      look(client, { act: { role: { role: body } }, button: t("role.add"), run });
    },
    onSuccess: async (role) => {
      // Its page looks for it among the roles.
      await client.invalidateQueries({ queryKey: ["roles"] });
      onClose();
      void go({ to: rolePath(role.id) });
    },
  });
  const problem = problemOf(make.error);
  const names = {
    label: t("role.names"),
    "label.pl": t("role.labelPl"),
    "label.en": t("role.labelEn"),
    name: t("role.code"),
  };
  return (
    <DialogForm button={t("role.add")} sending={make} names={names} onCancel={onClose}>
      <TextInput
        label={t("role.labelPl")}
        required
        data-autofocus
        value={label.pl}
        error={problem?.issue("label.pl") ?? problem?.issue("label")}
        onChange={(e) => setLabel({ ...label, pl: e.currentTarget.value })}
      />
      <TextInput
        label={t("role.labelEn")}
        required
        value={label.en}
        error={problem?.issue("label.en")}
        onChange={(e) => setLabel({ ...label, en: e.currentTarget.value })}
      />
      <TextInput
        label={t("role.code")}
        description={t("role.codeHelp")}
        placeholder={slug(label.pl, 50)}
        value={name}
        error={problem?.issue("name")}
        onChange={(e) => setName(e.currentTarget.value)}
      />
      <Select
        label={t("role.from")}
        description={t("role.fromHelp")}
        placeholder={t("role.fromNothing")}
        clearable
        data={roleOptions(roles)}
        value={copied}
        onChange={setCopied}
      />
    </DialogForm>
  );
}
