using System.Globalization;
using System.Text;
using System.Text.Json;
using Cordon.Engine.Signals;
using Cordon.Gateways.Files;
using Cordon.Gateways.Intake;

namespace Cordon.Tests.Gateways;

public sealed class SignalFileTests
{
    private const string Header = "id,member,at,payer,payee,amount,currency\n";

    private static string Row(int id) => string.Create(CultureInfo.InvariantCulture, $"t{id},bank-a,2026-03-02T08:15:00Z,bank-a:1,bank-b:2,{id}.50,CNY");

    [Fact]
    public async Task Rows_of_our_own_csv_become_transfers()
    {
        using var rig = new ImportRig();
        var summary = await rig.ImportAsync(Header + Row(1) + "\n" + Row(2), "cordon", FileContent.Transfers);
        Assert.True(summary.IsClean);
        Assert.Null(summary.QuarantinePath);
        Assert.False(File.Exists(rig.QuarantinePath));
        Assert.Equal(["t1", "t2"], rig.Signals.Select(signal => signal.Id.Text));
        Assert.Equal(new Amount(250, Currency.Cny), ((Transfer)rig.Signals[1]).Amount);
    }

    [Theory]
    [InlineData("t1,bank-a,2026-03-02T08:15:00Z,bank-a:1,bank-b:2,NaN,CNY", "amount", "amount-not-a-number")]
    [InlineData("t1,bank-a,2026-03-02T08:15:00Z,bank-a:1,bank-b:2,Infinity,CNY", "amount", "amount-not-a-number")]
    [InlineData("t1,bank-a,2026-03-02T08:15:00Z,bank-a:1,bank-b:2,-5,CNY", "amount", "amount-negative")]
    [InlineData("t1,bank-a,2026-03-02T08:15:00Z,bank-a:1,bank-b:2,0.001,CNY", "amount", "amount-too-fine")]
    [InlineData("t1,bank-a,2026-03-02T08:15:00Z,bank-a:1,bank-b:2,99999999999999999999,CNY", "amount", "amount-too-large")]
    [InlineData("t1,bank-a,2026-03-02T08:15:00Z,bank-a:1,bank-b:2,0,CNY", "amount", "amount-zero")]
    [InlineData("t1,bank-a,2026-03-02T08:15:00Z,bank-a:1,bank-b:2,1.5,JPY", "amount", "amount-too-fine")]
    [InlineData("t1,bank-a,2026-03-02T08:15:00Z,bank-a:1,bank-b:2,\"1,500\",CNY", "amount", "amount-not-a-number")]
    [InlineData("t1,bank-a,2026-03-02T08:15:00Z,bank-a:1,bank-b:2,1,cny", "currency", "format")]
    [InlineData("t1,bank-a,2026-03-02 08:15:00,bank-a:1,bank-b:2,1,CNY", "at", "time")]
    [InlineData("t1,bank-a,2026-02-30T08:15:00Z,bank-a:1,bank-b:2,1,CNY", "at", "time")]
    [InlineData("t1,bank-a,2099-01-01T00:00:00Z,bank-a:1,bank-b:2,1,CNY", "at", "future")]
    [InlineData("t1,bank a,2026-03-02T08:15:00Z,bank-a:1,bank-b:2,1,CNY", "member", "format")]
    [InlineData("t1,bank-a,2026-03-02T08:15:00Z,1,bank-b:2,1,CNY", "payer", "format")]
    [InlineData("t1,bank-a,2026-03-02T08:15:00Z,,,1,CNY", "payer", "required")]
    [InlineData(",bank-a,2026-03-02T08:15:00Z,bank-a:1,bank-b:2,1,CNY", "id", "required")]
    [InlineData("t1,bank-a,2026-03-02T08:15:00Z,bank-a:1,bank-b:2,1", "", "column-count")]
    [InlineData("t1,bank-a,2026-03-02T08:15:00Z,bank-a:1,bank-b:2,1,CNY,", "", "column-count")]
    [InlineData("t1,bank-a,2026-03-02T08:15:00Z,bank-a:1,bank-b:2,1\"2,CNY", "", "quoting")]
    [InlineData("360426199101010071,bank-a,2026-03-02T08:15:00Z,bank-a:1,bank-b:2,1,CNY", "id", "identity-number-misplaced")]
    public async Task A_bad_row_goes_to_quarantine_with_line_field_and_reason_and_the_rest_goes_on(string bad, string field, string reason)
    {
        using var rig = new ImportRig();
        var summary = await rig.ImportAsync(Header + Row(7) + "\n" + bad + "\n" + Row(8) + "\n", "cordon", FileContent.Transfers);
        Assert.Equal(["t7", "t8"], rig.Signals.Select(signal => signal.Id.Text));
        Assert.Equal(3, summary.Rows);
        Assert.Equal(1, summary.Quarantined[reason]);
        Assert.False(summary.IsClean);
        using var entry = JsonDocument.Parse(Assert.Single(rig.Quarantined));
        Assert.Equal(3, entry.RootElement.GetProperty("line").GetInt64());
        Assert.Equal(field, entry.RootElement.GetProperty("field").GetString());
        Assert.Equal(reason, entry.RootElement.GetProperty("reason").GetString());
        Assert.Equal(Masking.Mask(bad), entry.RootElement.GetProperty("row").GetString());
    }

    [Theory]
    [InlineData(2)]
    [InlineData(100_000)]
    public async Task A_quote_that_never_closes_costs_its_own_line_only(int rowsAfter)
    {
        using var rig = new ImportRig();
        var text = new StringBuilder(Header).Append(Row(1)).Append("\nt2,\"bank-a,open\n");
        for (var i = 3; i < 3 + rowsAfter; i++) text.Append(Row(i)).Append('\n');
        var summary = await rig.ImportAsync(text.ToString(), "cordon", FileContent.Transfers);
        Assert.Equal(1 + rowsAfter, rig.Signals.Count);
        Assert.Equal(new Dictionary<string, long> { ["quoting"] = 1 }, summary.Quarantined);
        Assert.Contains("\"line\":3,", Assert.Single(rig.Quarantined), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lines_are_counted_as_they_lie_in_the_file_also_after_fields_of_many_lines_and_broken_quotes()
    {
        using var rig = new ImportRig();
        var text = "id,member,at,line,lineKind,agent\r\n"
            + "s1,op,2026-03-02,13800138000,mobile,\"two\r\nlines\"\r\n"
            + "\r\n"
            + "s2,op,2026-03-02,13800138000,mobil,x\r\n"
            + "s3,op,2026-03-02,\"138,mobile,x\r\n"
            + "s4,op,2026-03-02,13800138000,mobile,x\r\n"
            + "s5,op,bad,13800138000,mobile,x\r\n";
        await rig.ImportAsync(text, "cordon", FileContent.Subscriptions);
        Assert.Equal(["s4"], rig.Signals.Select(signal => signal.Id.Text));
        var lines = rig.Quarantined.Select(row => JsonDocument.Parse(row).RootElement).Select(row => (row.GetProperty("line").GetInt64(), row.GetProperty("reason").GetString()));
        Assert.Equal([(2, "format"), (5, "format"), (6, "quoting"), (8, "time")], lines);
    }

    [Fact]
    public async Task A_misspelt_choice_is_answered_with_the_nearest_one()
    {
        using var rig = new ImportRig();
        await rig.ImportAsync("id,member,at,line,lineKind\ns2,op,2026-03-02,13800138000,mobil\n", "cordon", FileContent.Subscriptions);
        Assert.Contains("did you mean 'mobile'?", Assert.Single(rig.Quarantined), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Corrections_of_transfers_are_taken_from_a_file_too()
    {
        using var rig = new ImportRig();
        await rig.ImportAsync("id,member,at,transfer,teller,reversed,orderReference\nk1,bank-a,2026-03-02,t1,,true,\nk2,pay-a,2026-03-02,t2,bank-a,,R1\nk3,pay-a,2026-03-02,t2,bank-a,true,\n", "cordon", FileContent.Corrections);
        Assert.Equal([(true, (string?)null, "bank-a"), (null, "R1", "bank-a")], rig.Signals.Cast<TransferCorrection>().Select(c => (c.Reversed, c.OrderReference, c.Teller.ToString())));
        Assert.Contains("not-teller", Assert.Single(rig.Quarantined), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_byte_order_mark_and_crlf_are_taken()
    {
        using var rig = new ImportRig();
        await rig.ImportAsync("\ufeff" + Header.Replace("\n", "\r\n", StringComparison.Ordinal) + Row(1) + "\r\n", "cordon", FileContent.Transfers);
        Assert.Single(rig.Signals);
    }

    [Fact]
    public async Task Utf_16_with_its_mark_is_taken()
    {
        using var rig = new ImportRig();
        byte[] bytes = [0xff, 0xfe, .. Encoding.Unicode.GetBytes(Header + Row(1))];
        await rig.ImportAsync(new MemoryStream(bytes), "cordon", FileContent.Transfers);
        Assert.Single(rig.Signals);
    }

    [Fact]
    public async Task Bytes_of_another_encoding_cost_their_row()
    {
        using var rig = new ImportRig();
        byte[] bytes = [.. Encoding.UTF8.GetBytes(Header + Row(1) + "\nt2,"), 0xb1, 0xb1, .. Encoding.UTF8.GetBytes(",x,,,,\n" + Row(3) + "\n")];
        var summary = await rig.ImportAsync(new MemoryStream(bytes), "cordon", FileContent.Transfers);
        Assert.Equal(2, rig.Signals.Count);
        Assert.Equal(1, summary.Quarantined["bad-encoding"]);
    }

    [Fact]
    public async Task A_gzip_file_that_was_cut_off_keeps_the_whole_rows_and_says_so()
    {
        using var rig = new ImportRig();
        var text = new StringBuilder(Header);
        var random = new Random(7);
        for (var i = 0; i < 20_000; i++) text.Append(Row(random.Next(1, 1_000_000_000))).Append('\n');
        var packed = ImportRig.Gzip(text.ToString());
        var summary = await rig.ImportAsync(new MemoryStream(packed[..(packed.Length / 2)]), "cordon", FileContent.Transfers);
        Assert.NotNull(summary.CutOff);
        Assert.False(summary.IsClean);
        Assert.InRange(rig.Signals.Count, 1000, 19_999);
        var rows = text.ToString().Split('\n');
        Assert.Equal(rows[rig.Signals.Count].Split(',')[0], rig.Signals[^1].Id.Text);
        // What is left of the torn row is in quarantine, unless the cut fell between two rows.
        Assert.All(rig.Quarantined, row => Assert.Contains("cut-off", row, StringComparison.Ordinal));
        Assert.Equal(summary.Rows, rig.Signals.Count + rig.Quarantined.Length);
    }

    [Fact]
    public async Task A_gzip_file_with_only_its_trailer_missing_is_cut_off_too()
    {
        using var rig = new ImportRig();
        var packed = ImportRig.Gzip(Header + Row(1) + "\n");
        var summary = await rig.ImportAsync(new MemoryStream(packed[..^3]), "cordon", FileContent.Transfers);
        Assert.NotNull(summary.CutOff);
        Assert.Single(rig.Signals);
    }

    [Fact]
    public async Task Gzip_of_several_members_is_read_to_its_end()
    {
        using var rig = new ImportRig();
        byte[] packed = [.. ImportRig.Gzip(Header + Row(1) + "\n"), .. ImportRig.Gzip(Row(2) + "\n")];
        var summary = await rig.ImportAsync(new MemoryStream(packed), "cordon", FileContent.Transfers);
        Assert.Equal(2, rig.Signals.Count);
        Assert.True(summary.IsClean);
    }

    [Fact]
    public void An_empty_file_is_refused() => Assert.Equal("The file is empty.", ImportRig.Refusal("", "cordon", FileContent.Transfers));

    [Fact]
    public void Missing_columns_are_named_with_what_is_near()
    {
        var refusal = ImportRig.Refusal("sourceNode,targetNodeId,value,time\n1,2,3,4\n", "amlsim", FileContent.Transfers);
        Assert.Contains("there is no 'sourceNodeId' (there is 'sourceNode')", refusal, StringComparison.Ordinal);
        Assert.Contains("'tran_id'", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_column_of_our_own_csv_is_refused_with_a_suggestion()
    {
        var refusal = ImportRig.Refusal("id,member,at,payer,paye,amount\n", "cordon", FileContent.Transfers);
        Assert.Contains("transfer has no field 'paye'; did you mean 'payee'?", refusal, StringComparison.Ordinal);
        Assert.Contains("Columns are missing: currency.", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void A_pipe_needs_a_data_set_name_where_ids_are_hashed() =>
        Assert.Contains("data set name", ImportRig.Refusal("sourceNodeId,targetNodeId,value,time\n1,2,3,4\n", "amlsim", fileName: null), StringComparison.Ordinal);

    [Fact]
    public async Task Lines_of_our_own_json_become_signals_whatever_their_kind()
    {
        using var rig = new ImportRig();
        var text = """
            {"kind":"transfer","id":"t1","member":"bank-a","at":"2026-03-02T08:15:00+08:00","payer":"bank-a:1","amount":"10.00","currency":"CNY","means":"cashWithdrawal"}
            {"kind":"call","id":"c1","member":"op","at":"2026-03-02T08:15:00Z","caller":"+8613800138000","callee":"010-12345678"}

            {"kind":"call","id":"c2","member":"op"
            """ + "\n{\"text\":\"" + new string('x', 40_000) + "\"}\n" + """{"kind":"call","id":"c3","member":"op","at":"2026-03-02T08:15:00Z","caller":"10086","callee":"13800138000"}""";
        var summary = await rig.ImportAsync(text, "cordon");
        Assert.Equal(["t1", "c1", "c3"], rig.Signals.Select(signal => signal.Id.Text));
        Assert.Equal(new Dictionary<string, long> { ["line-too-long"] = 1, ["not-json"] = 1 }, summary.Quarantined);
        Assert.Equal([4, 5], rig.Quarantined.Select(row => JsonDocument.Parse(row).RootElement.GetProperty("line").GetInt32()));
        Assert.Equal("+8610086", ((Call)rig.Signals[2]).Caller.ToString());
    }

    [Fact]
    public async Task A_file_of_another_kind_than_asked_for_is_quarantined_row_by_row()
    {
        using var rig = new ImportRig();
        var summary = await rig.ImportAsync("""{"kind":"call","id":"c1"}""", "cordon", FileContent.Transfers);
        Assert.Equal(1, summary.Quarantined["kind"]);
    }

    [Fact]
    public async Task An_id_that_comes_again_with_other_values_is_a_conflict_and_quarantined()
    {
        using var rig = new ImportRig();
        var summary = await rig.ImportAsync(Header + Row(1) + "\n" + Row(1) + "\n" + Row(1).Replace("1.50", "2.50", StringComparison.Ordinal) + "\n", "cordon", FileContent.Transfers);
        Assert.Equal((1, 1), (summary.Repeated, summary.Conflicts));
        Assert.Contains("\"line\":4,\"field\":\"id\",\"reason\":\"conflict\"", Assert.Single(rig.Quarantined), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ndjson_of_another_system_is_mapped_by_its_names()
    {
        using var rig = new ImportRig();
        var folder = Directory.CreateTempSubdirectory("cordon-preset-").FullName;
        var path = Path.Combine(folder, "own.yaml");
        await File.WriteAllTextAsync(path, """
            name: own
            format: ndjson
            rounding: half-even
            layouts:
              - as: calls
                rows:
                  - signal: call
                    fields:
                      id: { hash: row }
                      member: { constant: op }
                      at: start
                      caller: a.number
                      callee: b.number
                      durationSeconds: seconds
            """, TestContext.Current.CancellationToken);
        var line = """{"start":"2026-03-02T08:15:00Z","a":{"number":"13800138000"},"b":{"number":"13800138001"},"seconds":12}""" + "\n";
        var summary = await rig.ImportAsync(line + line, path);
        Directory.Delete(folder, recursive: true);
        Assert.Equal(2, summary.Accepted[SignalKind.Call]);
        Assert.NotEqual(rig.Signals[0].Id, rig.Signals[1].Id);
        Assert.Equal(12, ((Call)rig.Signals[0]).DurationSeconds);
    }

    [Fact]
    public async Task A_sink_that_fails_stops_the_import_with_its_own_exception()
    {
        var text = new StringBuilder(Header);
        for (var i = 1; i < 5000; i++) text.Append(Row(i)).Append('\n');
        using var file = ImportRig.Open(ImportRig.Bytes(text.ToString()), "cordon", FileContent.Transfers).File!;
        using var quarantine = new QuarantineFile("never-written");
        var sinks = new ImportSinks((_, _) => throw new IOException("disk"), (_, _) => throw new IOException("disk"));
        var failure = await Assert.ThrowsAsync<IOException>(() => Import.RunAsync(file, sinks, quarantine, null, TimeProvider.System, TestContext.Current.CancellationToken));
        Assert.Equal("disk", failure.Message);
    }

    [Fact]
    public async Task Progress_grows_to_the_length_of_the_file()
    {
        using var rig = new ImportRig();
        var text = new StringBuilder(Header);
        for (var i = 1; i < 1000; i++) text.Append(Row(i)).Append('\n');
        await rig.ImportAsync(text.ToString(), "cordon", FileContent.Transfers);
        Assert.Equal(10, rig.Progress.Count);
        Assert.Equal(999, rig.Progress[^1].Rows);
        Assert.Equal(text.Length, rig.Progress[^1].BytesRead);
    }
}
