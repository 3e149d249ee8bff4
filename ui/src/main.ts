import { mount } from 'svelte';
import App from './App.svelte';
import { onClosing } from './lib/desk';
import { saveAll } from './lib/session.svelte';
import './tokens.css';
import './base.css';

void onClosing(saveAll);
mount(App, { target: document.getElementById('app')! });
