using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Cordon.Journal;

/// <summary>
/// Drops what the system remembers of a file, so that the next read comes from the disk: after a failed flush Linux keeps pages
/// that the disk does not have and calls them clean. Where the system has no such call, opening anew is all that can be done.
/// </summary>
internal static class PageCache
{
    private const int DontNeed = 4;

    public static void Drop(SafeFileHandle file)
    {
        if (OperatingSystem.IsLinux()) _ = Advise(file, 0, 0, DontNeed);
    }

    [DllImport("libc", EntryPoint = "posix_fadvise"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Advise(SafeFileHandle file, nint offset, nint length, int advice);
}
