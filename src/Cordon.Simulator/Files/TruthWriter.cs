using System.Text.Json;
using Cordon.Simulator.Institutions;
using Cordon.Simulator.Play;

namespace Cordon.Simulator.Files;

/// <summary>Writes the institutions and the truth.</summary>
internal static class TruthWriter
{
    public static void WriteMembers(Utf8JsonWriter json, Province province)
    {
        json.WriteStartObject();
        json.WriteStartArray("regions");
        foreach (var region in province.Regions)
        {
            json.WriteStartObject();
            json.WriteString("code", region.Code);
            json.WriteString("level", WireWriter.Name(region.Level));
            WireWriter.Text(json, "parent", region.Parent);
            json.WriteString("name", region.Name);
            json.WriteString("nameZh", region.NameZh);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartArray("members");
        foreach (var member in province.Members) Write(json, member);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    public static void WriteTruth(Utf8JsonWriter json, ProvinceTruth truth)
    {
        json.WriteStartObject();
        Each(json, "gangs", truth.Gangs, Write);
        Each(json, "victims", truth.Victims, Write);
        Each(json, "stopManners", truth.StopManners, Write);
        Each(json, "withheldReferences", truth.WithheldReferences, (j, r) =>
        {
            j.WriteString("transfer", r.Transfer.Text);
            j.WriteString("member", r.Member.ToString());
            j.WriteString("reference", r.Reference);
        });
        Each(json, "openings", truth.Openings, (j, o) =>
        {
            j.WriteString("account", o.Account.ToString());
            WireWriter.Money(j, o.Balance);
        });
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, ProvinceMember member)
    {
        json.WriteStartObject();
        json.WriteString("code", member.Code.ToString());
        json.WriteString("sector", WireWriter.Name(member.Sector));
        json.WriteString("region", member.Region);
        json.WriteString("name", member.Name);
        json.WriteString("nameZh", member.NameZh);
        json.WriteBoolean("connected", member.Connected);
        WireWriter.Text(json, "host", member.Host?.ToString());
        Each(json, "agents", member.Agents, (j, a) =>
        {
            j.WriteString("code", a.Code);
            j.WriteString("region", a.Region);
            j.WriteString("name", a.Name);
            j.WriteString("nameZh", a.NameZh);
        });
        Each(json, "officers", member.Officers, (j, o) =>
        {
            j.WriteString("role", o.Role);
            j.WriteString("name", o.Name);
            j.WriteString("nameZh", o.NameZh);
        });
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, TruthGang gang)
    {
        json.WriteNumber("index", gang.Index);
        json.WriteString("fraudType", gang.FraudType);
        Each(json, "lines", gang.Lines, (j, l) =>
        {
            j.WriteString("number", l.Number.ToString());
            j.WriteString("member", l.Member.ToString());
            j.WriteString("role", WireWriter.Name(l.Role));
            WireWriter.Text(j, "agent", l.Agent);
        });
        Each(json, "mules", gang.Mules, (j, m) =>
        {
            j.WriteString("account", m.Account.ToString());
            j.WriteString("origin", WireWriter.Name(m.Origin));
            j.WriteNumber("layer", m.Layer);
            WireWriter.Text(j, "branch", m.Branch);
        });
    }

    private static void Write(Utf8JsonWriter json, TruthVictim victim)
    {
        json.WriteNumber("index", victim.Index);
        json.WriteNumber("gang", victim.Gang);
        json.WriteString("person", victim.Person.ToString());
        json.WriteString("line", victim.Line.ToString());
        json.WriteString("account", victim.Account.ToString());
        json.WriteStartObject("stolen");
        WireWriter.Money(json, victim.Stolen);
        json.WriteEndObject();
        WireWriter.Texts(json, "calls", victim.Calls.Select(c => c.Text));
        WireWriter.Texts(json, "reports", victim.Reports);
        Each(json, "moves", victim.Moves, Write);
        Each(json, "loopholes", victim.Loopholes, (j, l) =>
        {
            j.WriteString("duty", l.Duty);
            j.WriteString("member", l.Member.ToString());
            WireWriter.Text(j, "unit", l.Unit);
            j.WriteString("link", l.Link);
            j.WriteString("subject", l.Subject);
        });
    }

    private static void Write(Utf8JsonWriter json, TruthMove move)
    {
        json.WriteString("transfer", move.Transfer.Text);
        json.WriteString("member", move.Member.ToString());
        json.WriteBoolean("told", move.Told);
        WireWriter.Text(json, "from", move.From?.ToString());
        WireWriter.Text(json, "to", move.To?.ToString());
        WireWriter.Money(json, move.Amount);
        json.WriteString("at", move.At.ToString());
        json.WriteString("kind", WireWriter.Name(move.Kind));
        json.WriteNumber("layer", move.Layer);
        json.WriteNumber("wave", move.Wave);
    }

    private static void Write(Utf8JsonWriter json, StopManners manners)
    {
        json.WriteString("member", manners.Member.ToString());
        json.WriteNumber("prompt", manners.Prompt);
        json.WriteNumber("late", manners.Late);
        json.WriteNumber("silent", manners.Silent);
        json.WriteNumber("twice", manners.Twice);
        json.WriteNumber("partly", manners.Partly);
        json.WriteBoolean("slack", manners.Slack);
    }

    private static void Each<T>(Utf8JsonWriter json, string name, IEnumerable<T> items, Action<Utf8JsonWriter, T> write)
    {
        json.WriteStartArray(name);
        foreach (var item in items)
        {
            json.WriteStartObject();
            write(json, item);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }
}
