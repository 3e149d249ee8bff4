import { mount } from 'svelte';
import App from './App.svelte';
import { onClosing } from './lib/desk';
import { saveAll } from './lib/session.svelte';
import './tokens.css';
import './base.css';

void onClosing(() => saveAll(false));
mount(App, { target: document.getElementById('app')! });
