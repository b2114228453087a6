export { confirmAct } from "@/ui/confirmAct";
