using System.Collections.Concurrent;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Cordon.Casework.Storage;

/// <summary>
/// Writes an event as the text the audit tree covers. Personal properties go to a second text;
/// the first holds only the salted digest of that.
/// </summary>
internal static class EventText
{
    private const int SaltBytes = 16;

    private static readonly JsonSerializerOptions Public = Options(keepPersonal: false);
    private static readonly JsonSerializerOptions Private = Options(keepPersonal: true);
    private static readonly ConcurrentDictionary<Type, (string Name, bool HasPersonal)> Shapes = new();

    public static EventRow Write(CaseworkEvent happened, string stream, int version, Actor actor, IIdSource ids)
    {
        var (name, hasPersonal) = Shapes.GetOrAdd(happened.GetType(), ReadShape);
        var personal = hasPersonal ? WritePersonal(happened, ids) : null;
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteString("event", name);
            json.WriteString("stream", stream);
            json.WriteNumber("version", version);
            json.WriteString("at", happened.At.ToString());
            json.WriteString("actor", actor.Id);
            json.WriteString("salt", NewSalt(ids));
            if (personal is not null) json.WriteString("personal", Digest(personal));
            json.WritePropertyName("data");
            JsonSerializer.Serialize(json, happened, happened.GetType(), Public);
            json.WriteEndObject();
        }
        return new EventRow
        {
            Stream = stream,
            Version = version,
            Name = name,
            At = happened.At,
            Actor = actor.Id,
            Body = Encoding.UTF8.GetString(buffer.ToArray()),
            Personal = personal,
        };
    }

    /// <summary>The digest that a body carries of its personal part: SHA-256 of the exact text, base64.</summary>
    public static string Digest(string personal) => Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(personal)));

    private static string WritePersonal(CaseworkEvent happened, IIdSource ids)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteString("salt", NewSalt(ids));
            json.WritePropertyName("data");
            JsonSerializer.Serialize(json, happened, happened.GetType(), Private);
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    private static string NewSalt(IIdSource ids)
    {
        Span<byte> salt = stackalloc byte[SaltBytes];
        ids.Fill(salt);
        return Convert.ToBase64String(salt);
    }

    private static (string Name, bool HasPersonal) ReadShape(Type type)
    {
        var name = type.GetCustomAttribute<EventNameAttribute>()?.Name
            ?? throw new InvalidOperationException($"The event {type.Name} has no [EventName]: it could not be read again.");
        return (name, type.GetProperties().Any(IsPersonal));
    }

    private static bool IsPersonal(PropertyInfo property) => property.IsDefined(typeof(PersonalAttribute))
        || property.DeclaringType!.GetConstructors().Any(c => c.GetParameters().Any(p => p.Name == property.Name && p.IsDefined(typeof(PersonalAttribute))));

    private static JsonSerializerOptions Options(bool keepPersonal)
    {
        var resolver = new DefaultJsonTypeInfoResolver();
        resolver.Modifiers.Add(info =>
        {
            if (!info.Type.IsAssignableTo(typeof(CaseworkEvent))) return;
            for (var i = info.Properties.Count - 1; i >= 0; i--)
            {
                var property = info.Type.GetProperty(PascalCase(info.Properties[i].Name));
                var drop = property?.Name == nameof(CaseworkEvent.At) || (property is not null && IsPersonal(property) != keepPersonal);
                if (drop) info.Properties.RemoveAt(i);
            }
        });
        return new JsonSerializerOptions(CaseworkJson.Options) { TypeInfoResolver = resolver };
    }

    private static string PascalCase(string camel) => char.ToUpperInvariant(camel[0]) + camel[1..];
}
