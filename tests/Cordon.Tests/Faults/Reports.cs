using Cordon.Tests.Program;
using Microsoft.Data.Sqlite;

namespace Cordon.Tests.Faults;

/// <summary>Transfers and the victims' reports of them, on the wire.</summary>
internal static class Reports
{
    public const int Count = 80;

    public static string Transfer(string set, int number) =>
        $$"""{"kind":"transfer","id":"{{set}}-{{number}}","member":"bank-a","at":"2026-03-02T08:00:00Z","payer":"bank-a:{{set}}{{number}}","payee":"bank-b:mule{{number % 40}}","amount":"500.00","currency":"CNY"}""";

    public static string Report(string set, int number) =>
        $$"""{"id":"{{set}}-{{number}}","channel":"hotline","text":"They said they were the police.","losses":[{"member":"bank-a","transferId":"{{set}}-{{number}}","amount":"500.00","currency":"CNY","at":"2026-03-02T08:00:00Z"}],"reportedAt":"2026-03-02T09:00:00Z"}""";

    /// <summary>How many reports casework holds; 0 while there is no casework.</summary>
    public static int Received(CordonHome home)
    {
        var path = Path.Combine(home.Data, "cordon.db");
        if (!File.Exists(path)) return 0;
        using var database = new SqliteConnection($"Data Source={path};Mode=ReadOnly;Pooling=False");
        database.Open();
        using var there = database.CreateCommand();
        there.CommandText = "SELECT count(*) FROM sqlite_master WHERE name = 'Reports'";
        if ((long)there.ExecuteScalar()! == 0) return 0;
        using var count = database.CreateCommand();
        count.CommandText = "SELECT count(*) FROM Reports";
        return (int)(long)count.ExecuteScalar()!;
    }
}
