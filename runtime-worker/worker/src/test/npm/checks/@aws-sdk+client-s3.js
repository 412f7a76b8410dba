const { S3Client, GetObjectCommand, PutObjectCommand } = require('@aws-sdk/client-s3');
exports = async (url) => {
  const client = new S3Client({ endpoint: url, region: 'us-east-1', forcePathStyle: true, credentials: { accessKeyId: 'a', secretAccessKey: 's' }, maxAttempts: 1 });
  const got = await client.send(new GetObjectCommand({ Bucket: 'b', Key: 'k.txt' }));
  const asked = JSON.parse(await got.Body.transformToString());
  equal([asked.path, asked.headers.authorization.slice(0, 16)], ['/b/k.txt?x-id=GetObject', 'AWS4-HMAC-SHA256']);
  await client.send(new PutObjectCommand({ Bucket: 'empty', Key: 'k', Body: 'text' }));
};
