// What every reader of foreign files is asked with, and what it answers.
import type { DocumentRecord } from '../../contract/document.ts';
import type { Note } from '../../contract/note.ts';
import type { CarriedRecipe } from '../../contract/recipe.ts';

export interface ImportRequest {
  readonly path: string;
  /** The new document's id, and the folder of its assets. */
  readonly id: string;
  readonly assets: string;
  readonly scratch: string;
  /** It is only looked at as one picture: what shows that best is read, glazes as they were painted. */
  readonly isFlat?: boolean;
}

export interface ImportedDocument {
  readonly record: DocumentRecord;
  /** How the picture was made, where its file says so. */
  readonly recipe?: CarriedRecipe;
  readonly notes: readonly Note[];
}
