// The fields of a form, or one textarea: what they hold, what the server rendered in them, and filling them.

const fieldsOf = (holder) =>
  (holder.matches("form") ? [...holder.elements] : [holder]).filter(
    (field) => field.name && !["hidden", "password", "submit", "button", "file"].includes(field.type),
  );

export const toggles = (field) => ["radio", "checkbox"].includes(field.type);

export function groupsOf(holder) {
  const groups = new Map();
  for (const field of fieldsOf(holder)) groups.set(field.name, [...(groups.get(field.name) ?? []), field]);
  return groups;
}

const checked = (fields, property) => fields.filter((field) => field[property]).map((field) => field.value).join("\n");
const chosen = (field) => [...field.options].find((option) => option.defaultSelected)?.value ?? field.options[0]?.value;
export const valueOf = (fields) => (toggles(fields[0]) ? checked(fields, "checked") : fields[0].value);
export function shownBy(fields) {
  if (toggles(fields[0])) return checked(fields, "defaultChecked");
  return fields[0].options ? chosen(fields[0]) : fields[0].defaultValue;
}

export function fill(fields, value) {
  if (!toggles(fields[0])) fields[0].value = value;
  else for (const field of fields) field.checked = value.split("\n").includes(field.value);
}

export const keyFieldOf = (holder) => (holder.matches("form") ? holder.elements.form_key : null);
