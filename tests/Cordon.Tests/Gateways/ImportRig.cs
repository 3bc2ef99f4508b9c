using System.IO.Compression;
using System.Text;
using Cordon.Engine.Signals;
using Cordon.Gateways.Files;
using Cordon.Gateways.Intake;

namespace Cordon.Tests.Gateways;

/// <summary>Imports into a list, with the engine's rule on ids.</summary>
internal sealed class ImportRig : IDisposable
{
    private readonly Dictionary<(MemberCode, SignalKind, string), Signal> known = [];
    private readonly string folder = Directory.CreateTempSubdirectory("cordon-import-").FullName;

    public List<Signal> Signals { get; } = [];

    public List<VictimReport> Reports { get; } = [];

    public List<ImportProgress> Progress { get; } = [];

    public string QuarantinePath => Path.Combine(folder, "quarantine.ndjson");

    public string[] Quarantined => File.Exists(QuarantinePath) ? File.ReadAllLines(QuarantinePath) : [];

    public static Preset PresetOf(string name)
    {
        var reading = Preset.Load(name);
        Assert.Empty(reading.Faults);
        return reading.Preset!;
    }

    public static FileOpening Open(Stream stream, string preset, FileContent? content = null, string? fileName = "test.csv", int batchRows = 100, TokenKeys? keys = null) =>
        SignalFile.Open(stream, PresetOf(preset), new SignalFileOptions(fileName, content, null, new Door(keys), batchRows));

    public static string Refusal(string text, string preset, FileContent? content = null, string? fileName = "test.csv")
    {
        var opening = Open(Bytes(text), preset, content, fileName);
        Assert.Null(opening.File);
        return opening.Refusal!;
    }

    public static MemoryStream Bytes(string text) => new(Encoding.UTF8.GetBytes(text));

    public static byte[] Gzip(string text)
    {
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true)) gzip.Write(Encoding.UTF8.GetBytes(text));
        return packed.ToArray();
    }

    public Task<ImportSummary> ImportAsync(string text, string preset, FileContent? content = null, TokenKeys? keys = null) =>
        ImportAsync(Bytes(text), preset, content, keys: keys);

    public async Task<ImportSummary> ImportAsync(Stream stream, string preset, FileContent? content = null, string? fileName = "test.csv", TokenKeys? keys = null, int batchRows = 100)
    {
        var opening = Open(stream, preset, content, fileName, batchRows, keys);
        Assert.True(opening.File is not null, opening.Refusal);
        using var file = opening.File;
        using var quarantine = new QuarantineFile(QuarantinePath);
        var sinks = new ImportSinks(
            (batch, _) => ValueTask.FromResult(new BatchReceipt([.. batch.Select(Take)])),
            (batch, _) =>
            {
                Reports.AddRange(batch);
                return ValueTask.FromResult(new BatchReceipt([.. batch.Select(_ => ReceiptMark.Accepted)]));
            });
        return await Import.RunAsync(file, sinks, quarantine, new Listener(Progress), TimeProvider.System, TestContext.Current.CancellationToken);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private ReceiptMark Take(Signal signal)
    {
        var key = (signal.Member, signal.Kind, signal.Id.Text);
        if (known.TryGetValue(key, out var there)) return there == signal ? ReceiptMark.Repeated : ReceiptMark.Conflict;
        known.Add(key, signal);
        Signals.Add(signal);
        return ReceiptMark.Accepted;
    }

    private sealed class Listener(List<ImportProgress> steps) : IProgress<ImportProgress>
    {
        public void Report(ImportProgress value) => steps.Add(value);
    }
}
