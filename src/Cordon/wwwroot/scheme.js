// Colours before the first paint: the choice is the browser's own memory, "system" follows the device.
window.cordonScheme = (() => {
  const key = 'cordon-scheme';
  const device = matchMedia('(prefers-color-scheme: dark)');
  const chosen = () => localStorage.getItem(key) ?? 'system';
  const isDark = () => chosen() === 'dark' || (chosen() === 'system' && device.matches);
  const paint = () => { document.documentElement.dataset.scheme = isDark() ? 'dark' : 'light'; };
  paint();
  return {
    chosen,
    choose(value) {
      if (value === 'system') localStorage.removeItem(key); else localStorage.setItem(key, value);
      paint();
      return isDark();
    },
    onDevice(reference) {
      device.addEventListener('change', () => { paint(); reference.invokeMethodAsync('DeviceChanged', isDark()); });
    },
  };
})();
