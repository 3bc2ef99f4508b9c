namespace Cordon.Journal;

/// <summary>
/// The journal's files are damaged where acknowledged records lie. It is not opened, because to go on would lose them silently.
/// </summary>
public sealed class JournalCorruptException : IOException
{
    internal JournalCorruptException(string file, long offset, string what, Exception? inner = null)
        : base($"The journal is damaged: {file} at byte {offset}: {what} "
            + "Nothing was changed. Restore the folder from a copy, or from the disk that held it; do not cut the file by hand.", inner)
    {
        File = file;
        Offset = offset;
    }

    /// <summary>The damaged file.</summary>
    public string File { get; }

    /// <summary>Where in it, in bytes from its start.</summary>
    public long Offset { get; }
}

/// <summary>
/// The journal could not be written (disk full, disk broken), or what was written could not be judged. It takes nothing more until it is opened again.
/// What was waiting is not acknowledged: it may be in the journal or not, and may safely be sent again.
/// </summary>
public sealed class JournalFailedException : IOException
{
    internal JournalFailedException(Exception cause)
        : base($"The journal stopped and takes nothing more: {cause.Message} Mend the cause, then open it again.", cause)
    {
    }
}
