using System.Text.Json;
using Cordon.Engine.Signals;

namespace Cordon.Simulator.Files;

/// <summary>A province as files, played to its end with nobody stopped.</summary>
public static class ProvinceFiles
{
    private static readonly (SignalKind Kind, string Name)[] SignalFiles =
    [
        (SignalKind.Subscription, "subscriptions.ndjson"), (SignalKind.AccountOpening, "accounts.ndjson"), (SignalKind.Call, "calls.ndjson"),
        (SignalKind.Message, "messages.ndjson"), (SignalKind.Transfer, "transfers.ndjson"),
    ];

    /// <summary>
    /// Writes members.json, a file of each kind of signal, reports.ndjson and truth.json, all UTF-8 without byte-order mark, lines
    /// ending in a line feed. The same province gives the same bytes. Files of those names are replaced; the folder is made where absent.
    /// Throws what the file system throws.
    /// </summary>
    public static void Write(Province province, string folder)
    {
        Directory.CreateDirectory(folder);
        var play = province.Play().AdvanceTo(Instant.Max);
        foreach (var (kind, name) in SignalFiles)
            WriteLines(Path.Combine(folder, name), play.Signals.Where(s => s.Kind == kind), WireWriter.Write);
        WriteLines(Path.Combine(folder, "reports.ndjson"), play.Reports, WireWriter.Write);
        WriteWhole(Path.Combine(folder, "members.json"), json => TruthWriter.WriteMembers(json, province));
        WriteWhole(Path.Combine(folder, "truth.json"), json => TruthWriter.WriteTruth(json, province.Truth));
    }

    private static void WriteLines<T>(string path, IEnumerable<T> items, Action<Utf8JsonWriter, T> write)
    {
        using var file = File.Create(path);
        using var json = new Utf8JsonWriter(file, WireWriter.Compact);
        foreach (var item in items)
        {
            write(json, item);
            json.Flush();
            file.WriteByte((byte)'\n');
            json.Reset();
        }
    }

    private static void WriteWhole(string path, Action<Utf8JsonWriter> write)
    {
        using var file = File.Create(path);
        using (var json = new Utf8JsonWriter(file, WireWriter.Indented)) write(json);
        file.WriteByte((byte)'\n');
    }
}
