/* For `wine-test` only: a Windows program under whose name one of Linux is run. Wine starts those by itself, but cannot give
 * them the pipes of a Windows program; so what goes in and out passes through files. Paths of Windows become Linux'. */

#include <stdio.h>
#include <windows.h>

/* Wine's own: the path of a file as Linux knows it. */
typedef char *(CDECL *unix_name_t)(const wchar_t *);

static wchar_t base[1000], name[1040];

static const wchar_t *file(const wchar_t *end) { swprintf(name, 1040, L"%ls%ls", base, end); return name; }

static void copy(HANDLE from, HANDLE to) {
  char part[65536];
  DWORD got, put;
  while (ReadFile(from, part, sizeof part, &got, NULL) && got) WriteFile(to, part, got, &put, NULL);
}

int wmain(int count, wchar_t **words) {
  HMODULE kernel = GetModuleHandleW(L"kernel32.dll");
  unix_name_t unix_name = (unix_name_t)(void *)GetProcAddress(kernel, "wine_get_unix_file_name");
  wchar_t folder[MAX_PATH + 1];
  GetTempPathW(MAX_PATH + 1, folder);
  swprintf(base, 1000, L"%lstool-%lu", folder, GetCurrentProcessId());

  HANDLE in = GetStdHandle(STD_INPUT_HANDLE);
  HANDLE kept = CreateFileW(file(L".in"), GENERIC_WRITE, 0, NULL, CREATE_ALWAYS, 0, NULL);
  if (GetFileType(in) == FILE_TYPE_PIPE || GetFileType(in) == FILE_TYPE_DISK) copy(in, kept);
  CloseHandle(kept);

  char *at = unix_name(base);
  FILE *script = _wfopen(file(L".sh"), L"wb");
  fprintf(script, "base='%s'\nexec <\"$base.in\" >\"$base.out\" 2>\"$base.err\"\n", at);
  wchar_t *tool = wcsrchr(words[0], L'\\');
  tool = tool ? tool + 1 : words[0];
  for (int n = 0; n < count; n++) {
    char word[32768];
    if (n == 0) {
      WideCharToMultiByte(CP_UTF8, 0, tool, -1, word, sizeof word, NULL, NULL);
      if (strstr(word, ".exe")) *strstr(word, ".exe") = 0;
    } else if (words[n][0] && words[n][1] == L':' && words[n][2] == L'\\') {
      snprintf(word, sizeof word, "%s", unix_name(words[n]));
    } else {
      WideCharToMultiByte(CP_UTF8, 0, words[n], -1, word, sizeof word, NULL, NULL);
    }
    fputc('\'', script);
    for (char *c = word; *c; c++) *c == '\'' ? fputs("'\\''", script) : fputc(*c, script);
    fputs("' ", script);
  }
  fputs("\necho $? >\"$base.part\"\nmv \"$base.part\" \"$base.end\"\n", script);
  fclose(script);

  wchar_t line[2000];
  MultiByteToWideChar(CP_UTF8, 0, at, -1, name, 1040);
  swprintf(line, 2000, L"sh \"%ls.sh\"", name);
  STARTUPINFOW how = { .cb = sizeof how };
  PROCESS_INFORMATION process;
  if (!CreateProcessW(L"\\\\?\\unix\\bin\\sh", line, NULL, NULL, FALSE, 0, NULL, NULL, &how, &process)) return 126;
  while (GetFileAttributesW(file(L".end")) == INVALID_FILE_ATTRIBUTES) Sleep(5);

  int code = 125;
  FILE *end = _wfopen(file(L".end"), L"rb");
  if (end) { fscanf(end, "%d", &code); fclose(end); }
  const wchar_t *outs[] = { L".out", L".err" };
  for (int n = 0; n < 2; n++) {
    HANDLE from = CreateFileW(file(outs[n]), GENERIC_READ, 0, NULL, OPEN_EXISTING, 0, NULL);
    copy(from, GetStdHandle(n ? STD_ERROR_HANDLE : STD_OUTPUT_HANDLE));
    CloseHandle(from);
  }
  const wchar_t *all[] = { L".in", L".out", L".err", L".sh", L".end" };
  for (int n = 0; n < 5; n++) DeleteFileW(file(all[n]));
  return code;
}
