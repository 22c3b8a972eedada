/** A probe or element by which it can be named, whether it has a document or not. */
export interface NamedElement {
  readonly id: string | null;
  readonly name: string;
  readonly reference: number;
}

/** As the services name it: by its document, or where it has none by name and reference. */
export const keyOfElement = (element: NamedElement): string => element.id ?? labelOfElement(element);

export const labelOfElement = ({ name, reference }: NamedElement): string => `${name} | ${reference}`;
