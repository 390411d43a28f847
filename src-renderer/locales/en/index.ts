// Every word of the page in English, one file an area; the other languages have the same keys.
import { canvas } from './canvas.ts';
import { commands } from './commands.ts';
import { compare } from './compare.ts';
import { exportDialog } from './export-dialog.ts';
import { glaze } from './glaze.ts';
import { history } from './history.ts';
import { jobs } from './jobs.ts';
import { layers } from './layers.ts';
import { notices } from './notices.ts';
import { recipe } from './recipe.ts';
import { settings } from './settings.ts';
import { shell } from './shell.ts';
import { styles } from './styles.ts';
import { teach } from './teach.ts';
import { variants } from './variants.ts';

export const en = {
  language: 'English',
  shell,
  commands,
  canvas,
  layers,
  styles,
  glaze,
  compare,
  variants,
  teach,
  exportDialog,
  history,
  jobs,
  recipe,
  settings,
  notices,
};

export type Words = typeof en;
