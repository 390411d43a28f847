// The renderer's entry: mounts the page with its stores and its words.
import { createPinia } from 'pinia';
import { createApp } from 'vue';
import App from './App.vue';
import { createWords } from './locales/words.ts';
import './theme/theme.css';
import './theme/controls.css';
import { followFocus } from './widgets/focus-place.ts';

createApp(App).use(createPinia()).use(createWords(navigator.languages)).mount('#app');
followFocus();
