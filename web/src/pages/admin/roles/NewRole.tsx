import { Button, Group, Modal, Select, Stack, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { Problem, request } from "@/api/client";
import type { Role, RoleInput } from "@/api/types";
import { inWords } from "@/i18n";
import { useEntities } from "@/lib/entities";
import { rolePath } from "@/lib/paths";
import { Failed } from "@/ui/States";
import { inputOf, tidy } from "../parts/rights";
import { slug } from "../parts/slug";

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
    <Modal opened={opened} onClose={onClose} title={t("role.add")} size="md">
      {opened && <Form {...rest} onClose={onClose} />}
    </Modal>
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
  const make = useMutation({
    mutationFn: () => {
      const source = roles.find((r) => r.id === copied);
      const rights = source ? inputOf(source) : { entities: {}, denials: {}, things: {} };
      const body: RoleInput = { ...rights, name: name || slug(label.pl, 50), label };
      return request<Role>("POST", "/roles", { body: tidy(body, entities) });
    },
    onSuccess: (role) => {
      void client.invalidateQueries({ queryKey: ["roles"] });
      onClose();
      void go({ to: rolePath(role.id) });
    },
  });
  const problem = make.error instanceof Problem ? make.error : null;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    make.mutate();
  };
  return (
    <form onSubmit={submit}>
      <Stack>
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
          data={roles.map((r) => ({ value: r.id, label: inWords(r.label) }))}
          value={copied}
          onChange={setCopied}
        />
        {problem && <Failed error={problem} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t("common:cancel")}
          </Button>
          <Button type="submit" loading={make.isPending}>
            {t("role.make")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
