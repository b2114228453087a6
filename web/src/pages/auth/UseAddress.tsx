import { Alert, Button, Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import type { FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { problemOf, request } from "@/api/client";
import { Done, Frame } from "./Frame";
import { isGone, Unusable } from "./Unusable";
import type { Told } from "./UseLink";

/** Whoever has a link from a letter about an address confirms or refuses it. */
export function UseAddress({ link, told }: { link: string; told: Told }) {
  const { t } = useTranslation();
  const refuses = told.purpose === "email_refusal";
  const use = useMutation({
    mutationFn: () => request("POST", refuses ? "/links/refuse-email" : "/links/email", { body: { link } }),
  });
  const problem = problemOf(use.error);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!use.isPending && !use.isSuccess) use.mutate();
  };
  const about = { email: told.email, login: told.login, organisation: told.organisation };
  const title = refuses ? t("address.refuseTitle") : t("address.title");
  if (isGone(use.error) && use.error) return <Unusable error={use.error} retry={use.mutate} />;
  if (use.isSuccess)
    return (
      <Frame title={title} foot={null}>
        {refuses ? (
          <Done to="/forgotten" next={t("address.secure")}>
            {t("address.refused")}
          </Done>
        ) : (
          <Done to="/" next={t("address.on")}>
            {t("address.confirmed")}
          </Done>
        )}
      </Frame>
    );
  return (
    <Frame title={title} onSubmit={submit}>
      {problem && (
        <Alert color="red" variant="light" role="alert" title={problem.title}>
          {problem.message}
        </Alert>
      )}
      <Text size="sm">{refuses ? t("address.refuseAbout", about) : t("address.about", about)}</Text>
      <Button type="submit" color={refuses ? "red" : undefined} loading={use.isPending} fullWidth>
        {refuses ? t("address.refuse") : t("address.confirm")}
      </Button>
    </Frame>
  );
}
