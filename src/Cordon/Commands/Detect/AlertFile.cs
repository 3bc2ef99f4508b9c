using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Cordon.Casework;
using Cordon.Engine.Patterns;
using Cordon.Engine.Signals;

namespace Cordon.Commands.Detect;

/// <summary>Writes alerts, a JSON object a line, when they are closed.</summary>
internal sealed class AlertFile : IDisposable
{
    private static readonly JsonSerializerOptions Lines = new(CaseworkJson.Options) { TypeInfoResolver = new DefaultJsonTypeInfoResolver() };
    private readonly StreamWriter file;

    private AlertFile(FileInfo place) => file = new StreamWriter(place.FullName, false, new UTF8Encoding(false));

    public static AlertFile? Create(FileInfo? place) => place is null ? null : new AlertFile(place);

    public void Write(PatternAlert alert, DetectRun run)
    {
        var parties = alert.Parties.Select(p => new Party(run.Names[p.Account], p.Role));
        var transfers = alert.Transfers.Select(t => new Moved(
            run.NameOf(t), t.At, t.Payer < 0 ? null : run.Names[t.Payer], t.Payee < 0 ? null : run.Names[t.Payee], t.Minor));
        file.WriteLine(JsonSerializer.Serialize(
            new Line(alert.Number, ScoreFile.NameOf(alert.Kind), Math.Round(alert.Score, 6), Math.Round(alert.Bits, 3), alert.First, alert.Last, alert.Minor, alert.Cut, [.. parties], [.. transfers]), Lines));
    }

    public void Dispose() => file.Dispose();

    private sealed record Line(long Number, string Kind, double Score, double Bits, Instant First, Instant Last, long Minor, bool Cut, Party[] Accounts, Moved[] Transfers);

    private sealed record Party(string Account, PartyRole Role);

    private sealed record Moved(string Id, Instant At, string? Payer, string? Payee, long Minor);
}
