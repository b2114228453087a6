import { Alert, Button, Text } from "@mantine/core";
import { IconCircleCheck } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import type { FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { Problem, request } from "@/api/client";
import { Frame } from "./Frame";
import type { Told } from "./UseLink";

/** Whoever has a link from a letter about an address confirms or refuses it. */
export function UseAddress({ link, told }: { link: string; told: Told }) {
  const { t } = useTranslation();
  const refuses = told.purpose === "email_refusal";
  const use = useMutation({
    mutationFn: () => request("POST", refuses ? "/links/refuse-email" : "/links/email", { body: { link } }),
  });
  const problem = use.error instanceof Problem ? use.error : null;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!use.isPending && !use.isSuccess) use.mutate();
  };
  const about = { email: told.email, login: told.login, organisation: told.organisation };
  return (
    <Frame title={refuses ? t("address.refuseTitle") : t("address.title")} onSubmit={submit}>
      {problem && (
        <Alert color="red" variant="light" role="alert" title={problem.title}>
          {problem.message}
        </Alert>
      )}
      {use.isSuccess ? (
        <Alert color="green" variant="light" icon={<IconCircleCheck aria-hidden />} role="status">
          {refuses ? t("address.refused") : t("address.confirmed")}
        </Alert>
      ) : (
        <>
          <Text size="sm">{refuses ? t("address.refuseAbout", about) : t("address.about", about)}</Text>
          <Button type="submit" color={refuses ? "red" : undefined} loading={use.isPending} fullWidth>
            {refuses ? t("address.refuse") : t("address.confirm")}
          </Button>
        </>
      )}
    </Frame>
  );
}
