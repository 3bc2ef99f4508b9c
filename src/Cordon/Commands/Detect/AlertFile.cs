using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Cordon.Casework;
using Cordon.Engine.Patterns;
using Cordon.Engine.Signals;

namespace Cordon.Commands.Detect;

/// <summary>Writes alerts, a JSON object a line: first those whose accounts have the highest scores.</summary>
internal static class AlertFile
{
    private static readonly JsonSerializerOptions Lines = new(CaseworkJson.Options) { TypeInfoResolver = new DefaultJsonTypeInfoResolver() };

    public static void Write(FileInfo place, DetectRun run, ScoreBoard scores)
    {
        using var file = new StreamWriter(place.FullName, false, new UTF8Encoding(false));
        foreach (var (alert, risk) in run.Alerts.Select(alert => (alert, scores.RiskOf(alert))).OrderByDescending(a => a.Item2).ThenBy(a => a.alert.Number))
        {
            var parties = alert.Parties.Select(p => new Party(run.Names[p.Account], p.Role));
            var transfers = alert.Transfers.Select(t => new Moved(
                run.NameOf(t), t.At, t.Payer < 0 ? null : run.Names[t.Payer], t.Payee < 0 ? null : run.Names[t.Payee], t.Minor));
            file.Write(JsonSerializer.Serialize(
                new Line(alert.Number, ScoreFile.NameOf(alert.Kind), Math.Round(risk, 6), Math.Round(alert.Bits, 3), alert.First, alert.Last, alert.Minor, alert.Cut, [.. parties], [.. transfers]), Lines) + "\n");
        }
    }

    private sealed record Line(long Number, string Kind, double Risk, double Bits, Instant First, Instant Last, long Minor, bool Cut, Party[] Accounts, Moved[] Transfers);

    private sealed record Party(string Account, PartyRole Role);

    private sealed record Moved(string Id, Instant At, string? Payer, string? Payee, long Minor);
}
