using System.Text.Json;
using Cordon.Engine.Screening;
using Cordon.Engine.Signals;

namespace Cordon.Casework.Storage;

/// <summary>
/// A command to the engine as the outbox keeps it: <c>{"command":"list-changed","data":{…}}</c>. Rows of before there were several
/// kinds hold the data of a list change alone and are read as one.
/// </summary>
internal static class EngineCommandText
{
    private const string ListChange = "list-changed";
    private const string Prepared = "rulebook-prepared";
    private const string Activated = "rulebook-activated";
    private const string Corrected = "transfer-corrected";
    private const string Placed = "member-placed";

    /// <summary>Writes a command with its id.</summary>
    /// <param name="command">The command.</param>
    /// <param name="id">The id of one that has none of its own: a signal is known by its member and id.</param>
    /// <exception cref="ArgumentException">It is none that casework sends.</exception>
    public static (Guid Id, string Text) Write(EngineRecord command, Func<Guid>? id = null) => command switch
    {
        ListChanged c => (c.CommandId, Write(ListChange, c)),
        RulebookPrepared c => (c.CommandId, Write(Prepared, c)),
        RulebookActivated c => (c.CommandId, Write(Activated, c)),
        MemberPlaced c => (c.CommandId, Write(Placed, c)),
        SignalAccepted { Signal: TransferCorrection c } when id is not null => (id(), Write(Corrected, c)),
        _ => throw new ArgumentException($"A {command.GetType().Name} is no command of casework.", nameof(command)),
    };

    /// <summary>Reads what was written.</summary>
    /// <exception cref="JsonException">It is no command this program knows: a newer one wrote it.</exception>
    public static EngineRecord Read(string text)
    {
        using var document = JsonDocument.Parse(text);
        if (!document.RootElement.TryGetProperty("command", out var name)) return Read<ListChanged>(document.RootElement);
        var data = document.RootElement.GetProperty("data");
        return name.GetString() switch
        {
            ListChange => Read<ListChanged>(data),
            Prepared => Read<RulebookPrepared>(data),
            Activated => Read<RulebookActivated>(data),
            Placed => Read<MemberPlaced>(data),
            Corrected => new SignalAccepted(Read<TransferCorrection>(data)),
            var other => throw new JsonException($"'{other}' is no command that this program knows."),
        };
    }

    private static string Write<T>(string name, T command) => JsonSerializer.Serialize(new { Command = name, Data = command }, CaseworkJson.Options);

    private static T Read<T>(JsonElement data) => data.Deserialize<T>(CaseworkJson.Options) ?? throw new JsonException("The command has no data.");
}
