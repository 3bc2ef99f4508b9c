using System.IO.Compression;

namespace Cordon.Commands.Detect;

/// <summary>What is known to be bad, from files with labels. Only a comparison reads it, never a score.</summary>
internal sealed class LabelSet
{
    private static readonly string[] AlertTypes = ["", "fan_out", "fan_in", "cycle", "bipartite", "stack", "random", "scatter_gather", "gather_scatter"];

    /// <summary>Bad accounts.</summary>
    public HashSet<string> Accounts { get; } = new(StringComparer.Ordinal);

    /// <summary>Accounts by the type of pattern that they stand in.</summary>
    public SortedDictionary<string, HashSet<string>> AccountsOf { get; } = new(StringComparer.Ordinal);

    /// <summary>Bad transfers by id, with the type of their pattern.</summary>
    public Dictionary<string, string> Transfers { get; } = new(StringComparer.Ordinal);

    public static LabelSet? Read(IReadOnlyList<FileInfo> files)
    {
        if (files.Count == 0) return null;
        var set = new LabelSet();
        foreach (var file in files) set.Read(file);
        return set;
    }

    private void Read(FileInfo file)
    {
        using var text = Open(file);
        var header = (text.ReadLine() ?? "").TrimEnd('\r').Split(',');
        int At(string name) => Array.IndexOf(header, name);
        Action<string[]> take =
            At("modelID") >= 0 && At("accountID") >= 0 ? row => Member(row[At("accountID")], row[At("type")])
            : At("txId") >= 0 && At("isSAR") >= 0 ? Transferred(At("txId"), At("isSAR"), At("modelType"), At("nameOrig"), At("nameDest"))
            : At("nodeid") >= 0 && At("isFraud") >= 0 ? row => Account(row[At("nodeid")], row[At("isFraud")])
            : At("ACCOUNT_ID") >= 0 && At("IS_SAR") >= 0 ? row => Account(row[At("ACCOUNT_ID")], row[At("IS_SAR")])
            : throw new CommandFault(
                $"{file.Name} has no labels that are known: modelID, type and accountID; txId and isSAR; nodeid and isFraud; or ACCOUNT_ID and IS_SAR.", Exit.Usage);
        while (text.ReadLine() is { } line)
        {
            var row = line.TrimEnd('\r').Split(',');
            if (row.Length == header.Length) take(row);
        }
    }

    private Action<string[]> Transferred(int id, int isSar, int type, int payer, int payee) => row =>
    {
        if (row[isSar] != "1") return;
        Transfers[row[id]] = type >= 0 && int.TryParse(row[type], out var number) && number > 0 && number < AlertTypes.Length ? AlertTypes[number] : "";
        foreach (var end in new[] { payer, payee })
            if (end >= 0 && !row[end].StartsWith('-')) Accounts.Add(row[end]);
    };

    private void Member(string account, string type)
    {
        if (!AccountsOf.TryGetValue(type, out var members)) AccountsOf.Add(type, members = new HashSet<string>(StringComparer.Ordinal));
        members.Add(account);
        Accounts.Add(account);
    }

    private void Account(string account, string bad)
    {
        if (bad is "1" or "True" or "true") Accounts.Add(account);
    }

    private static StreamReader Open(FileInfo file)
    {
        var raw = file.OpenRead();
        var packed = raw.ReadByte() == 0x1f && raw.ReadByte() == 0x8b;
        raw.Position = 0;
        return new StreamReader(packed ? new GZipStream(raw, CompressionMode.Decompress) : raw);
    }
}
