using System.ComponentModel;

namespace Cordon.Journal;

/// <summary>What a failed call to the file system means for the journal.</summary>
internal static class DiskFault
{
    // errno of Linux and macOS, and Windows' codes as they stand in an HResult.
    private const int FileTooLarge = 27;
    private const int NoSpace = 28;
    private const int QuotaLinux = 122;
    private const int QuotaMac = 69;
    private const int WindowsHandleFull = unchecked((int)0x80070027);
    private const int WindowsDiskFull = unchecked((int)0x80070070);

    public static JournalState StateAfter(Exception cause) => cause switch
    {
        JournalCorruptException => JournalState.Stopped,
        IOException fault when IsNoSpace(fault) => JournalState.Full,
        IOException or UnauthorizedAccessException => JournalState.Faulty,
        _ => JournalState.Stopped,
    };

    private static bool IsNoSpace(IOException fault)
    {
        var code = fault.InnerException is Win32Exception native ? native.NativeErrorCode : fault.HResult;
        return code is FileTooLarge or NoSpace or QuotaLinux or WindowsHandleFull or WindowsDiskFull || (code == QuotaMac && OperatingSystem.IsMacOS());
    }
}
