using System.Globalization;
using Cordon.Engine.Patterns;
using Spectre.Console;

namespace Cordon.Commands.Detect;

/// <summary>What a run of <c>cordon detect</c> did.</summary>
/// <param name="Rows">Rows of the files.</param>
/// <param name="Accounts">Accounts in them.</param>
/// <param name="Transfers">Transfers taken.</param>
/// <param name="Rejected">Rows not taken, by reason.</param>
/// <param name="CutAccounts">Accounts with more transfers than are remembered of one.</param>
/// <param name="DroppedAlerts">Alerts that were not raised because too many were growing.</param>
/// <param name="Alerts">Alerts by kind.</param>
/// <param name="CutOff">Why a file broke off; null where none did.</param>
/// <param name="Quality">The comparison with labels; null where there were none.</param>
/// <param name="Seconds">Wall-clock seconds.</param>
internal sealed record DetectReport(
    long Rows, int Accounts, long Transfers, IReadOnlyDictionary<string, long> Rejected, int CutAccounts, long DroppedAlerts,
    IReadOnlyDictionary<string, int> Alerts, string? CutOff, DetectQuality? Quality, double Seconds)
{
    public static DetectReport Of(DetectRun run, DetectQuality? quality, TimeSpan elapsed) => new(
        run.Rows, run.Names.Count, run.Transfers, run.Rejected, run.Watches.Values.Sum(w => w.CutAccounts),
        run.Watches.Values.Sum(w => w.DroppedAlerts),
        Enum.GetValues<PatternKind>().ToDictionary(kind => ScoreFile.NameOf(kind), kind => run.Alerts.Count(a => a.Kind == kind)),
        run.CutOff, quality, elapsed.TotalSeconds);

    public void Print(IAnsiConsole console, string place)
    {
        console.WriteLine($"{Terminal.Count(Accounts)} accounts by {Terminal.Count(Transfers)} transfers in {Seconds.ToString("F1", CultureInfo.InvariantCulture)} s; scores in {place}");
        foreach (var (reason, count) in Rejected) console.WriteLine($"  not taken: {reason} {Terminal.Count(count)}");
        if (CutAccounts > 0) console.WriteLine($"  accounts with more transfers than are remembered: {Terminal.Count(CutAccounts)}");
        if (DroppedAlerts > 0) console.WriteLine($"  alerts dropped, too many growing at once: {Terminal.Count(DroppedAlerts)}");
        if (CutOff is not null) console.WriteLine($"The file broke off before its end: {CutOff} All rows before that were taken.");
        console.Write(ByKind());
        if (Quality is null) return;
        Tell(console, "accounts", Quality.Accounts);
        if (Quality.Transfers is { } transfers) Tell(console, "transfers between accounts", transfers);
    }

    private static void Tell(IAnsiConsole console, string what, RankQuality rank) => console.WriteLine(
        $"Of {Terminal.Count(rank.Of)} {what} {Terminal.Count(rank.Bad)} are bad: average precision {Number(rank.AveragePrecision)}, AUC {Number(rank.Auc)}, precision and recall at {Terminal.Count(rank.Bad)} {Number(rank.Precision)}");

    private Table ByKind()
    {
        var table = new Table().Border(TableBorder.None).AddColumn("  pattern").AddColumn(Right("alerts"));
        if (Quality is not null)
            foreach (var title in new[] { "true", "AP", "accounts: precision", "recall", "AP", "transfers: precision", "recall", "AP" }) table.AddColumn(Right(title));
        foreach (var (kind, count) in Alerts)
        {
            var of = Quality?.Patterns.First(p => p.Pattern == kind);
            string[] cells = of is null ? [] : [
                Terminal.Count(of.TrueAlerts), Number(of.AlertAverage), Number(of.AccountPrecision), Number(of.AccountRecall), Number(of.AccountAverage), Number(of.TransferPrecision), Number(of.TransferRecall), Number(of.TransferAverage)];
            table.AddRow(["  " + kind, Terminal.Count(count), .. cells]);
        }
        return table;
    }

    private static TableColumn Right(string title) => new TableColumn(title).RightAligned();

    private static string Number(double? value) => value is { } number ? number.ToString("F3", CultureInfo.InvariantCulture) : "-";
}
