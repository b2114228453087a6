import { SegmentedControl, Select } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useMe } from "@/lib/entities";
import { useWhose } from "./whose";

interface Props {
  entity: string;
  value: string;
  onChange: (value: string) => void;
}

export function Whose({ entity, value, onChange }: Props) {
  const { t } = useTranslation("deals");
  const choices = useWhose(useMe(), entity);
  if (choices.length < 2) return null;
  const label = t("whose.label");
  if (choices.length <= 3) {
    return <SegmentedControl aria-label={label} size="xs" data={choices} value={value} onChange={onChange} />;
  }
  return (
    <Select
      aria-label={label}
      w={200}
      allowDeselect={false}
      data={choices}
      value={value}
      onChange={(chosen) => chosen && onChange(chosen)}
    />
  );
}
