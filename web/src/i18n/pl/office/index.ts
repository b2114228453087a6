export const words = import.meta.glob<{ default: Record<string, unknown> }>("./*.json", { eager: true });
