using System.Text.Json;
using Cordon.Engine.Signals;

namespace Cordon.Casework.Warnings;

/// <summary>A message that leaves by a channel which needs no person.</summary>
/// <param name="Warning">The warning; the id by which a gateway knows a repeat.</param>
/// <param name="Number">Its number for people.</param>
/// <param name="Channel">How.</param>
/// <param name="Line">To whom.</param>
/// <param name="TextZh">What it says, in Chinese.</param>
/// <param name="TextEn">What it says, in English.</param>
/// <param name="At">When.</param>
public sealed record OutgoingWarning(Guid Warning, string Number, WarningChannel Channel, PhoneNumber Line, string TextZh, string TextEn, Instant At);

/// <summary>Hands a message to whatever delivers it. It may be called twice with the same warning and channel: whoever delivers must know a repeat by these.</summary>
/// <param name="message">The message.</param>
/// <param name="cancel">Stops.</param>
public delegate Task SendWarning(OutgoingWarning message, CancellationToken cancel);

/// <summary>The channel by default: one line of JSON a message, appended to a file a day, which a gateway of the operator's picks up.</summary>
/// <param name="folder">Where the files are: <c>warnings-2026-03-02.ndjson</c>, by days in UTC.</param>
public sealed class WarningFile(string folder)
{
    private readonly Lock gate = new();

    /// <summary>Appends a message; it is on disk when this returns.</summary>
    public Task SendAsync(OutgoingWarning message, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        var line = JsonSerializer.SerializeToUtf8Bytes(message, CaseworkJson.Options);
        lock (gate)
        {
            Directory.CreateDirectory(folder);
            using var file = new FileStream(Path.Combine(folder, $"warnings-{message.At.ToDateTimeOffset():yyyy-MM-dd}.ndjson"), FileMode.Append, FileAccess.Write, FileShare.Read);
            file.Write([.. line, (byte)'\n']);
            file.Flush(flushToDisk: true);
        }
        return Task.CompletedTask;
    }
}
