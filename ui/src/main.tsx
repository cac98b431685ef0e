import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import './app.css';
import './i18n';
import { App } from './app/App';
import { applyTheme } from './app/theme';

applyTheme();
createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
