using System.Globalization;

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
/// The journal could not be written. As itself: it takes nothing more until it is opened again. As <see cref="JournalPausedException"/>: for now.
/// What was waiting is not acknowledged: it may be in the journal or not, and may safely be sent again.
/// </summary>
public class JournalFailedException : IOException
{
    internal JournalFailedException(Exception cause)
        : base($"The journal stopped and takes nothing more: {cause.Message} Mend the cause, then open it again.", cause)
    {
    }

    private protected JournalFailedException(string message)
        : base(message)
    {
    }
}

/// <summary>
/// The journal takes nothing for now: the disk is full or failed. It goes on by itself; what it acknowledged is kept and can be read.
/// What was refused is not acknowledged and may safely be sent again.
/// </summary>
public sealed class JournalPausedException : JournalFailedException
{
    internal JournalPausedException(JournalHealth health, TimeSpan retryAfter)
        : base(string.Create(CultureInfo.InvariantCulture, $"The journal takes nothing for now ({health.State}): {health.Reason} It goes on by itself; send the same again in {retryAfter.TotalSeconds:0.#} s."))
    {
        State = health.State;
        RetryAfter = retryAfter;
    }

    /// <summary><see cref="JournalState.Full"/> or <see cref="JournalState.Faulty"/>.</summary>
    public JournalState State { get; }

    /// <summary>When the journal will have looked again.</summary>
    public TimeSpan RetryAfter { get; }
}
